// What it costs to paint four codes of one base instead of one: blended, and placed by masks.
import { add, constant, input, multiply } from '../src-main/engine/graph/ops/index.ts';
import { generate, generatorLayout } from '../src-main/engine/networks/generator.ts';
import { noiseField } from '../src-main/engine/networks/noise-field.ts';
import { emit } from '../src-main/engine/onnx/emit.ts';
import { mixedRows } from '../src-main/engine/styles/glaze/mixed-rows.ts';
import { partsOf } from '../src-main/engine/styles/glaze/weights.ts';
import { createRandom } from '../src-main/engine/tensor/random.ts';
import { tensor, type Tensor } from '../src-main/engine/tensor/tensor.ts';
import type { Preset } from '../src-main/contract/style.ts';
import { median } from './machine.ts';
import { noisyPicture, openRunner, paintMs, TimedSessions } from './session-time.ts';
import { untaughtPreset } from './untaught-preset.ts';

export interface MixCost {
  readonly sidePx: number;
  readonly oneFoldedMs: number;
  readonly fourBlendedMs: number;
  /** One code, its norms as maps that a mask is multiplied with. The program itself folds a lone style and blends its result. */
  readonly oneMaskedMs: number;
  readonly fourMaskedMs: number;
  /** Medians of quotients taken within one round each, which other work on the machine disturbs less. */
  readonly ratios: { readonly fourBlendedToOne: number; readonly fourMaskedToOneMasked: number; readonly fourMaskedToOneFolded: number };
  readonly goals: { readonly fourBlendedToOne: 1.05; readonly fourMaskedToOneMasked: 1.25; readonly fourMaskedToOneFolded: 1.8 };
}

const styles = 4;

/** All four in turn, round after round, so that they meet the same machine. `base`: a preset of kind network; an untaught one by default. */
export async function mixCost(sidePx: number, threads: number, runs: number, base: Preset = untaughtPreset()): Promise<MixCost> {
  const timers = await timersOf(sidePx, threads, base);
  const rounds: Record<keyof typeof timers, number>[] = [];
  for (let run = 0; run < runs + 2; run++) {
    const round = { one: await timers.one.time(), blended: await timers.blended.time(), oneMasked: await timers.oneMasked.time(), masked: await timers.masked.time() };
    if (run >= 2) rounds.push(round);
  }
  for (const { close } of Object.values(timers)) await close();
  const middle = (of: (round: (typeof rounds)[number]) => number, digits = 10): number => Math.round(median(rounds.map(of)) * digits) / digits;
  return {
    sidePx,
    oneFoldedMs: middle(({ one }) => one),
    fourBlendedMs: middle(({ blended }) => blended),
    oneMaskedMs: middle(({ oneMasked }) => oneMasked),
    fourMaskedMs: middle(({ masked }) => masked),
    ratios: {
      fourBlendedToOne: middle(({ blended, one }) => blended / one, 1000),
      fourMaskedToOneMasked: middle(({ masked, oneMasked }) => masked / oneMasked, 1000),
      fourMaskedToOneFolded: middle(({ masked, one }) => masked / one, 1000),
    },
    goals: { fourBlendedToOne: 1.05, fourMaskedToOneMasked: 1.25, fourMaskedToOneFolded: 1.8 },
  };
}

interface Timer {
  time(): Promise<number>;
  close(): Promise<void>;
}

async function timersOf(sidePx: number, threads: number, base: Preset): Promise<Readonly<Record<'one' | 'blended' | 'oneMasked' | 'masked', Timer>>> {
  const codes = codePresets(base);
  const masks = softMasks(sidePx);
  return {
    one: await engineTimer(codes.slice(0, 1), base, sidePx, threads),
    blended: await engineTimer(codes, base, sidePx, threads),
    oneMasked: await maskedTimer(base, sidePx, threads),
    masked: await engineTimer(codes, base, sidePx, threads, masks),
  };
}

/** Codes near the base's own: what they paint does not matter here. */
function codePresets(base: Preset): Preset[] {
  const random = createRandom(3);
  return Array.from({ length: styles }, (_, i) => ({
    record: { ...base.record, kind: 'code' as const, name: `code ${i}`, id: String(i).repeat(64), base: base.record.id },
    code: base.code.map((value) => value + 0.1 * random.normal()),
  }));
}

async function engineTimer(codes: readonly Preset[], base: Preset, sidePx: number, threads: number, masks?: Tensor): Promise<Timer> {
  const sessions = new TimedSessions();
  const mix = codes.map((preset) => ({ source: { kind: 'preset' as const, preset }, weight: 1 }));
  const runner = await openRunner({ mix, masked: masks !== undefined, threads, sessions, base: () => Promise.resolve(base) });
  await runner.measure(noisyPicture(256), masks && softMasks(256));
  const picture = noisyPicture(sidePx);
  return { time: () => paintMs(runner, sessions, picture, masks), close: () => runner.close() };
}

/** The graph of one code under one mask, from the engine's own parts. */
async function maskedTimer(base: Preset, sidePx: number, threads: number): Promise<Timer> {
  const { generator } = base.record;
  const picture = input('picture', [1, 3, sidePx, sidePx]);
  const noise = input('noise', [1, 1, sidePx, sidePx]);
  const mixed = mixedRows(input('masks', [1, 1, sidePx, sidePx]));
  const kernels = Object.fromEntries(partsOf(generatorLayout(generator), base.weights!).map(({ name, shape, data }) => [name, constant(data, shape)]));
  const map = (value: number, channels: number, height: number) => mixed([new Float32Array(channels).fill(value)], height);
  const painted = generate(generator, kernels, (_layer, x) => add(multiply(x, map(0.1, x.shape[1]!, x.shape[2]!)), map(0.1, x.shape[1]!, x.shape[2]!)), picture, noise);
  const sessions = new TimedSessions();
  const session = await sessions.open(emit({ painted }), { provider: 'cpu', threads });
  const frame = { width: sidePx, height: sidePx };
  const field = noiseField({ seed: 1, strength: 1, place: { x: 0, y: 0, ...frame }, frame, learnedSizePx: sidePx });
  const feeds = { picture: noisyPicture(sidePx), noise: field, masks: tensor([1, 1, sidePx, sidePx], new Float32Array(sidePx * sidePx).fill(1)) };
  const time = async (): Promise<number> => {
    sessions.runMs.length = 0;
    await session.run(feeds);
    return sessions.runMs[0]!;
  };
  return { time, close: () => session.release() };
}

/** [1,4,side,side], soft everywhere, summing to 1. */
function softMasks(side: number): Tensor {
  const masks = tensor([1, styles, side, side]);
  for (let i = 0; i < side * side; i++) {
    const [across, down] = [(i % side) / side, Math.floor(i / side) / side];
    const shares = [(1 - across) * (1 - down), across * (1 - down), (1 - across) * down, across * down];
    shares.forEach((share, style) => (masks.data[style * side * side + i] = share));
  }
  return masks;
}
