// Runs an unknown network on small pictures: does it take this size, and what comes out.
import { faultOf, StudioError } from '../../../contract/fault.ts';
import type { Extent } from '../../../contract/image.ts';
import type { Feeds, Session } from '../../runtime/session.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { extentOf, packPicture, unpackPicture, type Convention } from './convention.ts';
import type { PicturePorts } from './picture-ports.ts';
import { trialPicture } from './trial-picture.ts';

/** A network on the trial bench; `extra` feeds its inputs besides the picture. */
export interface Bench {
  readonly session: Session;
  readonly ports: PicturePorts;
  readonly extra: Feeds;
}

/** What the network makes of a picture, in its own values as planes [1,3,h,w] in RGB order. Throws session.failed. */
export async function runTrial(bench: Bench, picture: Tensor, { range, channels }: Convention): Promise<Tensor> {
  const { input, output } = bench.ports;
  const results = await bench.session.run({ ...bench.extra, [input.name]: packPicture(picture, input, { range, channels }) });
  return unpackPicture(results[output.name]!, output, { range: '0..1', channels }, false);
}

/** Sizes a network takes and gives back: multiples of this, at least `smallest` px a side. */
export interface SizeRule {
  readonly multiple: number;
  readonly smallest: number;
}

const bases = [96, 256, 512];
const multiples = [1, 2, 4, 8, 16, 32];

/**
 * Finds which sizes come out as they went in, by trying.
 * Throws network.not-an-image-network when no size does, or when the network fails on all.
 */
export async function trySizes(bench: Bench, convention: Convention, file: string): Promise<SizeRule> {
  const refusals: string[] = [];
  for (const base of bases) {
    const refusal = await refusalOf(bench, convention, { width: base, height: base });
    if (refusal !== undefined) {
      refusals.push(refusal);
      continue;
    }
    for (const multiple of multiples) {
      // Unlike sides, so that a swapped axis shows too.
      if ((await refusalOf(bench, convention, { width: base + multiple, height: base })) === undefined) return { multiple, smallest: base };
    }
    return { multiple: base, smallest: base };
  }
  throw new StudioError('network.not-an-image-network', { file, reason: refusals[0] ?? 'it takes no size that was tried' });
}

/** Why a size does not work, or undefined. */
async function refusalOf(bench: Bench, convention: Convention, size: Extent): Promise<string | undefined> {
  try {
    const result = extentOf((await runTrial(bench, trialPicture(size), convention)).shape, 'nchw');
    if (result.width === size.width && result.height === size.height) return undefined;
    return `a picture of ${size.width} × ${size.height} px comes out as ${result.width} × ${result.height}`;
  } catch (thrown) {
    const fault = faultOf(thrown);
    if (fault.code === 'session.out-of-memory') throw thrown;
    return String(fault.details.reason ?? fault.code);
  }
}
