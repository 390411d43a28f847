// How wide the blocks of channels are that this machine's CPU runtime convolves in, found by asking it.
import { StudioError } from '../../contract/fault.ts';
import { blocked, toBlocks } from '../graph/blocked.ts';
import { input } from '../graph/op.ts';
import type { Rule } from '../graph/rewrite.ts';
import { rulesFor } from '../onnx/device-rules.ts';
import { emit } from '../onnx/emit.ts';
import type { Provider, Session, SessionFactory } from '../runtime/session.ts';
import { tensor } from '../tensor/tensor.ts';

/** Channels of the trial: a multiple of every block there is. */
const trialChannels = 64;
const trialShape = [1, trialChannels, 1, 2];

/** Rules for a graph whose kernels are trained on a provider. Throws session.failed. */
export async function trainingRules(provider: Provider, sessions: SessionFactory): Promise<readonly Rule[]> {
  const block = provider === 'cpu' ? await blockOf(sessions) : undefined;
  return [...rulesFor(provider), ...(block === undefined ? [] : blocked(block))];
}

/** Width of a block, e.g. 16 with AVX-512 and 8 with AVX2; undefined where the runtime has no such layout. Throws session.failed. */
export async function blockOf(sessions: SessionFactory): Promise<number | undefined> {
  const session = await openTrial(sessions);
  if (!session) return undefined;
  try {
    const { y } = await session.run({ x: tensor(trialShape, Float32Array.from({ length: 2 * trialChannels }, (_, index) => index)) });
    const block = Array.from(y.data as Float32Array).indexOf(1); // the first channel's second pixel follows one block
    return block > 1 && trialChannels % block === 0 ? block : undefined;
  } finally {
    await session.release();
  }
}

/** Refused means that there is no such layout: the plain form is always there. */
async function openTrial(sessions: SessionFactory): Promise<Session | undefined> {
  try {
    return await sessions.open(emit({ y: toBlocks(input('x', trialShape)) }), { provider: 'cpu', threads: 1 });
  } catch (thrown) {
    if (thrown instanceof StudioError && thrown.code === 'session.rejected') return undefined;
    throw thrown;
  }
}
