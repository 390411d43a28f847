// Times the sessions of style runners alone: what decodes, converts and tiles does not count.
import { plainPaint } from '../src-main/contract/document.ts';
import { createOrtSessions } from '../src-main/engine/runtime/ort-node.ts';
import type { Session, SessionFactory } from '../src-main/engine/runtime/session.ts';
import { styleEngines } from '../src-main/engine/styles/index.ts';
import type { StyleOpening, StyleRunner } from '../src-main/engine/styles/style-engine.ts';
import { tensor, type Tensor } from '../src-main/engine/tensor/tensor.ts';
import { createRandom } from '../src-main/engine/tensor/random.ts';
import { median } from './machine.ts';

/** Sessions that note how long each run took. */
export class TimedSessions implements SessionFactory {
  readonly runMs: number[] = [];
  readonly #sessions: SessionFactory = createOrtSessions();

  async open(...words: Parameters<SessionFactory['open']>): Promise<Session> {
    const session = await this.#sessions.open(...words);
    const run: Session['run'] = async (...feeds) => {
      const start = performance.now();
      const results = await session.run(...feeds);
      this.runMs.push(performance.now() - start);
      return results;
    };
    return { provider: session.provider, inputs: session.inputs, outputs: session.outputs, run, release: () => session.release() };
  }

  liveSessions(): number {
    return this.#sessions.liveSessions();
  }
}

/** A runner of the first engine that paints the mix, at full strength on the CPU. */
export async function openRunner(opening: Pick<StyleOpening, 'mix' | 'sessions' | 'threads'> & Partial<StyleOpening>): Promise<StyleRunner> {
  const [first] = opening.mix;
  const engine = first && styleEngines.find((each) => each.paints(first.source));
  if (!engine) throw new Error('no engine paints this');
  return engine.open({ ...plainPaint, masked: false, provider: 'cpu', base: () => Promise.resolve(undefined), warn: () => undefined, ...opening });
}

/** Milliseconds of one window that is the whole picture: the sum over its sessions' runs. */
export async function paintMs(runner: StyleRunner, sessions: TimedSessions, picture: Tensor, masks?: Tensor): Promise<number> {
  const [, , height = 0, width = 0] = picture.shape;
  const frame = { width, height };
  sessions.runMs.length = 0;
  await runner.paint({ picture, place: { x: 0, y: 0, ...frame }, frame, ...(masks && { masks }) });
  return sessions.runMs.reduce((sum, each) => sum + each, 0);
}

/** The middle of `runs` timings; two runs before warm up. */
export async function medianPaintMs(runner: StyleRunner, sessions: TimedSessions, picture: Tensor, runs: number): Promise<number> {
  const taken: number[] = [];
  for (let run = 0; run < runs + 2; run++) {
    const ms = await paintMs(runner, sessions, picture);
    if (run >= 2) taken.push(ms);
  }
  return median(taken);
}

/** [1,3,side,side] in [0,1]. */
export function noisyPicture(side: number): Tensor {
  const random = createRandom(7);
  return tensor([1, 3, side, side], Float32Array.from({ length: 3 * side * side }, (_, i) => 0.5 + 0.3 * Math.sin(i / 97) + 0.1 * random.uniform()));
}
