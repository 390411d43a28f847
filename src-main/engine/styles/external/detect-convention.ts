// Finds value ranges and channel order of a network: what it states, what its graph shows, what a trial gives.
import { StudioError } from '../../../contract/fault.ts';
import type { Extent } from '../../../contract/image.ts';
import type { GraphIndex } from '../../onnx/graph-index.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import type { ChannelOrder, Convention, ValueRange } from './convention.ts';
import { judgeOutput, type Judgement } from './output-judgement.ts';
import type { StatedFacts } from './stated-facts.ts';
import { runTrial, type Bench } from './trial.ts';
import { trialPicture } from './trial-picture.ts';
import { boundsOf, preprocessedRange, type Interval } from './value-evidence.ts';

/** How a fact is known, the surest first. */
export type Evidence = 'chosen' | 'stated' | 'graph' | 'trial' | 'assumed';

export interface DetectedConvention {
  readonly input: Convention;
  readonly output: Convention;
  readonly rangeEvidence: Evidence;
  readonly channelsEvidence: Evidence;
}

/** Tried in this order; the earlier wins a tie. */
const candidates: readonly ValueRange[] = ['0..1', '0..255', '-1..1', 'imagenet', 'mean255'];
/** Likeness by which another range must beat one that is natural for the network. */
const clearlyBetter = 0.15;
/** Below these nothing of the picture is left, or nothing was painted. */
const leastLikeness = 0.03;
const leastContrast = 0.005;

/**
 * Detects what the network's pictures are made of, on a picture of `size`.
 * Throws network.not-an-image-network when no range gives a picture.
 */
export async function detectConvention(
  index: GraphIndex,
  bench: Bench,
  size: Extent,
  known: StatedFacts & { readonly chosenChannels?: ChannelOrder },
  file: string,
): Promise<DetectedConvention> {
  const channels = known.chosenChannels ?? known.channels ?? 'rgb';
  const channelsEvidence = known.chosenChannels ? 'chosen' : known.channels ? 'stated' : 'assumed';
  const { input, output } = bench.ports;
  const shown = input.type === 'uint8' ? '0..255' : preprocessedRange(index, input.name);
  const certain = known.range ?? shown;
  const bounds = output.type === 'uint8' ? { low: 0, high: 255 } : boundsOf(index, output.name);
  const tried = await tryRanges(bench, size, certain ? [certain] : candidates, channels, bounds, file);
  const best = choose(tried);
  // Written so that a NaN is refused too.
  if (!(best.judgement.likeness >= leastLikeness && best.judgement.contrast >= leastContrast)) {
    throw new StudioError('network.not-an-image-network', { file, reason: 'its output does not resemble the picture that goes in' });
  }
  return {
    input: { range: best.range, channels },
    output: { range: best.judgement.range, channels },
    rangeEvidence: known.range ? 'stated' : shown ? 'graph' : 'trial',
    channelsEvidence,
  };
}

interface Tried {
  readonly range: ValueRange;
  readonly judgement: Judgement;
}

async function tryRanges(
  bench: Bench,
  size: Extent,
  ranges: readonly ValueRange[],
  channels: ChannelOrder,
  bounds: Interval | undefined,
  file: string,
): Promise<Tried[]> {
  const picture = trialPicture(size);
  const tried: Tried[] = [];
  for (const range of ranges) {
    const raw = await runTrial(bench, picture, { range, channels });
    if (raw.data.length !== picture.data.length) {
      throw new StudioError('network.not-an-image-network', { file, reason: `${sidesOf(picture)} px come out as ${sidesOf(raw)} px` });
    }
    tried.push({ range, judgement: judgeOutput(picture, raw, bounds) });
  }
  return tried;
}

function sidesOf({ shape }: Tensor): string {
  return `${shape[3]} × ${shape[2]}`;
}

/**
 * A range that comes out as it went in is natural: instance norm makes many networks blind to the input's scale,
 * so likeness alone could not tell. Another range wins only by clearly better likeness.
 */
function choose(tried: readonly Tried[]): Tried {
  const best = mostAlike(tried)!;
  const natural = mostAlike(tried.filter(({ range, judgement }) => judgement.range === range));
  return natural && natural.judgement.likeness > best.judgement.likeness - clearlyBetter ? natural : best;
}

/** The first within a hair of the highest likeness, so that order settles ties. */
function mostAlike(tried: readonly Tried[]): Tried | undefined {
  const highest = Math.max(...tried.map(({ judgement }) => judgement.likeness));
  return tried.find(({ judgement }) => judgement.likeness > highest - 0.01);
}
