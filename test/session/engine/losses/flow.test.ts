// How far strokes run along forms, what of it a painting asks, and that a gradient turns them.
import { describe, expect, it } from 'vitest';
import { gradients } from '../../../../src-main/engine/graph/gradient.ts';
import { input } from '../../../../src-main/engine/graph/ops/index.ts';
import { flowLevelName, flowLoss, flowOf } from '../../../../src-main/engine/losses/flow.ts';
import { createOrtSessions } from '../../../../src-main/engine/runtime/ort-node.ts';
import type { Picture } from '../../../../src-main/engine/training/augment.ts';
import { flowTarget } from '../../../../src-main/engine/training/flow-target.ts';
import { compute } from '../../../support/graph-run.ts';

const side = 48;
const shape = [1, 3, side, side];
const [painted, content] = [input('painted', shape), input('content', shape)];

/** Waves across the direction of an angle in degrees, so many px long, about a middle grey. */
const waves = (degrees: number, lengthPx: number, strength = 0.2): number[] => {
  const [c, s] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
  return Array.from({ length: 3 * side * side }, (_, at) => 0.5 + strength * Math.sin((((at % side) * c + (Math.floor(at / side) % side) * s) * 2 * Math.PI) / lengthPx));
};
const feed = (data: number[]) => ({ shape, data });
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

describe('flow', () => {
  const seen = (strokes: number[], forms: number[]): { agreement: number; sureness: number } => {
    const { agreement, sureness } = compute({ ...flowOf(painted, content) }, { painted: feed(strokes), content: feed(forms) });
    return { agreement: mean(agreement!), sureness: mean(sureness!) };
  };

  it('is 1 for strokes along a form, −1 for strokes across it, and nothing in between, whatever their size and strength', () => {
    for (const degrees of [0, 30, 90, 135]) {
      const forms = waves(degrees, 32);
      expect(seen(waves(degrees, 9, 0.1), forms).agreement).toBeGreaterThan(0.9);
      expect(seen(waves(degrees + 90, 7), forms).agreement).toBeLessThan(-0.9);
      expect(Math.abs(seen(waves(degrees + 45, 8), forms).agreement)).toBeLessThan(0.2);
    }
  });

  it('is sure of forms and not of even ground, where any stroke will do', () => {
    expect(seen(waves(20, 8), waves(70, 32)).sureness).toBeGreaterThan(0.9);
    expect(seen(waves(20, 8), waves(70, 32, 0)).sureness).toBeLessThan(0.05);
  });

  const loss = flowLoss(painted, content, input(flowLevelName, []));
  const lossOf = (strokes: number[], level: number): number => compute({ loss }, { painted: feed(strokes), content: feed(waves(0, 32)), [flowLevelName]: { shape: [], data: [level] } }).loss![0]!;

  it('asks no more of pictures than of the painting', () => {
    expect(lossOf(waves(45, 8), 0.8)).toBeGreaterThan(0.4);
    expect(lossOf(waves(0, 8), 0.8)).toBeLessThan(1e-3);
    expect(lossOf(waves(45, 8), -0.2)).toBeLessThan(1e-3);
  });

  it('has a slope that turns strokes along the form', () => {
    const strokes = waves(40, 8);
    const feeds = { painted: feed(strokes), content: feed(waves(0, 32)), [flowLevelName]: { shape: [], data: [0.9] } };
    const slope = compute({ slope: gradients(loss, [painted])[0]! }, feeds).slope!;
    const step = 0.02 / Math.max(...slope.map(Math.abs));
    expect(lossOf(strokes.map((value, at) => value - step * slope[at]!), 0.9)).toBeLessThan(lossOf(strokes, 0.9));
  });
});

describe('the level a painting asks for', () => {
  const picture = (colour: (x: number, y: number) => number): Picture => ({ width: 96, height: 96, channels: 3, depth: 8, data: Uint8Array.from({ length: 3 * 96 * 96 }, (_, at) => colour(Math.floor(at / 3) % 96, Math.floor(at / 288))) });
  const levelOf = async (paintings: readonly Picture[]): Promise<number> => (await flowTarget(paintings, createOrtSessions(), { provider: 'cpu' }))[flowLevelName]!.data[0] as number;
  /** Broad upright bands, hatched along or across. */
  const hatched = (across: boolean) => picture((x, y) => 128 + 70 * Math.sin(x / 10) + 30 * Math.sin((across ? y : x) * 0.9));

  it('is high where strokes follow forms, and low where they cross them', async () => {
    expect(await levelOf([hatched(false)])).toBeGreaterThan(0.9);
    expect(await levelOf([hatched(true)])).toBeLessThan(0.5);
  });

  it('is nothing for a picture too small or too even to tell', async () => {
    expect(await levelOf([picture(() => 90)])).toBeCloseTo(0, 6);
    expect(await levelOf([{ width: 20, height: 90, channels: 3, depth: 8, data: new Uint8Array(5400) }])).toBe(0);
  });
});
