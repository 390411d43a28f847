// Session time of our default generator beside foreign style networks on the same picture, in one process. Prints JSON.
// npx tsx bench/stylize.ts [--peers FOLDER] [--threads 2] [--runs 20]
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createOrtSessions } from '../src-main/engine/runtime/ort-node.ts';
import type { Session, SessionFactory } from '../src-main/engine/runtime/session.ts';
import { styleEngines } from '../src-main/engine/styles/index.ts';
import type { StyleRunner, StyleSource } from '../src-main/engine/styles/style-engine.ts';
import { tensor, type Tensor } from '../src-main/engine/tensor/tensor.ts';
import { createRandom } from '../src-main/engine/tensor/random.ts';
import { machine, median } from './machine.ts';
import { untaughtPreset } from './untaught-preset.ts';

const { values } = parseArgs({
  options: {
    peers: { type: 'string', default: '../shared/data/styles-onnx' },
    threads: { type: 'string', default: '2' },
    runs: { type: 'string', default: '20' },
  },
});
const threads = Number(values.threads);
const runs = Number(values.runs);

/** Sides in px at which each is run; a network of fixed size at its own. */
const peers: Readonly<Record<string, readonly number[]>> = {
  'zoo-candy.onnx': [512, 1024],
  'winml-candy.onnx': [720],
  'acer-starry-night.onnx': [512, 1024],
};

interface Measured {
  readonly network: string;
  readonly sidePx: number;
  readonly medianMs: number;
  readonly msPerMegapixel: number;
}

/** Sessions that note how long each run took. */
class TimedSessions implements SessionFactory {
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

const sessions = new TimedSessions();
const ours = await measure('velatura 16/48/16 × 4', { kind: 'preset', preset: untaughtPreset() }, [512, 1024]);
const results = [...ours];
const missing: string[] = [];
for (const [file, sides] of Object.entries(peers)) {
  const path = join(values.peers, file);
  if (existsSync(path)) results.push(...(await measure(file, { kind: 'network', file, model: readFileSync(path) }, sides)));
  else missing.push(file);
}
const peakMb = Math.round(process.resourceUsage().maxRSS / 1024);
process.stdout.write(`${JSON.stringify({ bench: 'stylize', machine: machine(), threads, runs, peakMb, results, missing }, null, 2)}\n`);

async function measure(network: string, source: StyleSource, sides: readonly number[]): Promise<Measured[]> {
  const measured: Measured[] = [];
  for (const sidePx of sides) {
    const runner = await open(source);
    await runner.measure(noisyPicture(256));
    const medianMs = await medianRun(runner, noisyPicture(sidePx));
    await runner.close();
    measured.push({ network, sidePx, medianMs: round(medianMs), msPerMegapixel: round((medianMs * 1e6) / sidePx ** 2) });
  }
  return measured;
}

async function open(source: StyleSource): Promise<StyleRunner> {
  const engine = styleEngines.find((each) => each.paints(source));
  if (!engine) throw new Error('no engine paints this');
  return engine.open({
    mix: [{ source, weight: 1 }],
    strength: 1, seed: 1, noise: 1, masked: false, threads, sessions, provider: 'cpu',
    base: () => Promise.resolve(undefined),
    warn: () => undefined,
  });
}

/** Session time alone; two runs warm up. */
async function medianRun(runner: StyleRunner, picture: Tensor): Promise<number> {
  const [, , height = 0, width = 0] = picture.shape;
  const frame = { width, height };
  for (let run = 0; run < runs + 2; run++) {
    if (run === 2) sessions.runMs.length = 0;
    await runner.paint({ picture, place: { x: 0, y: 0, ...frame }, frame });
  }
  return median(sessions.runMs);
}

function noisyPicture(side: number): Tensor {
  const random = createRandom(7);
  return tensor([1, 3, side, side], Float32Array.from({ length: 3 * side * side }, (_, i) => 0.5 + 0.3 * Math.sin(i / 97) + 0.1 * random.uniform()));
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
