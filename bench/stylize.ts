// Session time of our default generator beside foreign style networks on the same picture, in one process, and of four codes
// of one base beside one, and of lighting the picture and breaking its greys before. Prints JSON.
// npx tsx bench/stylize.ts [--peers FOLDER] [--base FILE.vstyle] [--threads 2] [--runs 20]
import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { colourBreaker } from '../src-main/engine/image/broken-colour.ts';
import { lightingOf, relighter } from '../src-main/engine/image/lighting.ts';
import type { StyleSource } from '../src-main/engine/styles/style-engine.ts';
import { readPreset } from '../src-main/services/library/preset-file.ts';
import { machine } from './machine.ts';
import { mixCost } from './mix-cost.ts';
import { medianPaintMs, noisyPicture, openRunner, TimedSessions } from './session-time.ts';
import { untaughtPreset } from './untaught-preset.ts';

const { values } = parseArgs({
  options: {
    peers: { type: 'string', default: '../shared/data/styles-onnx' },
    base: { type: 'string' },
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

const sessions = new TimedSessions();
const base = values.base === undefined ? untaughtPreset() : await readPreset(values.base);
const { encoder, trunk, decoder, blocks } = base.record.generator;
const results = await measure(`velatura ${encoder}/${trunk}/${decoder} × ${blocks}`, { kind: 'preset', preset: base }, [512, 1024]);
const mixes = await mixCost(512, threads, runs, base);
const [lightMs, brokenColourMs] = preparationsOf(512).map((prepare) => round(medianMs(prepare)));
const missing: string[] = [];
for (const [file, sides] of Object.entries(peers)) {
  const path = join(values.peers, file);
  if (existsSync(path)) results.push(...(await measure(file, { kind: 'network', file, model: readFileSync(path) }, sides)));
  else missing.push(file);
}
const peakMb = Math.round(process.resourceUsage().maxRSS / 1024);
const setting = { threads, runs, base: values.base === undefined ? 'untaught' : basename(values.base) };
process.stdout.write(`${JSON.stringify({ bench: 'stylize', machine: machine(), ...setting, peakMb, results, lightMs, brokenColourMs, mixes, missing }, null, 2)}\n`);

async function measure(network: string, source: StyleSource, sides: readonly number[]): Promise<Measured[]> {
  const measured: Measured[] = [];
  for (const sidePx of sides) {
    const runner = await openRunner({ mix: [{ source, weight: 1 }], threads, sessions });
    await runner.measure(noisyPicture(256));
    const medianMs = await medianPaintMs(runner, sessions, noisyPicture(sidePx), runs);
    await runner.close();
    measured.push({ network, sidePx, medianMs: round(medianMs), msPerMegapixel: round((medianMs * 1e6) / sidePx ** 2) });
  }
  return measured;
}

/** Lighting a whole picture, its lighting known, and breaking its greys; the session's time holds neither. */
function preparationsOf(sidePx: number): (() => void)[] {
  const picture = noisyPicture(sidePx);
  const frame = { width: sidePx, height: sidePx };
  const whole = { x: 0, y: 0, ...frame };
  const [light, breakColour] = [relighter(lightingOf(picture)), colourBreaker([{ spread: { red: 0.003, blue: 0.004, both: -0.002 }, marks: 'strokes' }], 1)];
  return [() => void light(picture, whole, frame, 1), () => void breakColour(picture, whole, frame, 1)];
}

function medianMs(work: () => void): number {
  const times = Array.from({ length: 2 * runs }, () => {
    const start = performance.now();
    work();
    return performance.now() - start;
  });
  return times.slice(runs).sort((a, b) => a - b)[Math.floor(runs / 2)]!; // the first compile it
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
