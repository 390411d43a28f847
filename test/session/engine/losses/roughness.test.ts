// What a painting asks of the roughness of pictures in its style, place by place.
import { describe, expect, it } from 'vitest';
import { input } from '../../../../src-main/engine/graph/ops/index.ts';
import { roughnessInputs, roughnessLoss } from '../../../../src-main/engine/losses/roughness.ts';
import { createOrtSessions } from '../../../../src-main/engine/runtime/ort-node.ts';
import type { Picture } from '../../../../src-main/engine/training/augment.ts';
import { roughnessTargets } from '../../../../src-main/engine/training/roughness-targets.ts';
import { compute } from '../../../support/graph-run.ts';

describe('roughness', () => {
  const side = 40;
  const shape = [1, 3, side, side];
  const loss = roughnessLoss(input('painted', shape), input('content', shape), { 1: roughnessInputs(1), 2: roughnessInputs(2) });
  /** Grey stripes of 4 px whose strength may differ from the left half to the right. */
  const stripes = (left: number, right: number): number[] =>
    Array.from({ length: 3 * side * side }, (_, at) => 0.5 + (at % side < side / 2 ? left : right) * (Math.floor((at % (side * side)) / side / 2) % 2 ? 1 : -1));
  /** A painting whose places are from even to rough, as a ramp of strength. */
  const painting = { width: 80, height: 80, channels: 3, depth: 8, data: Uint8Array.from({ length: 3 * 6400 }, (_, at) => Math.round(127.5 + (60 * (Math.floor(at / 3) % 80)) / 80 * (Math.floor(at / 480) % 2 ? 1 : -1))) } as Picture;
  const of = async (painted: number[], content: number[]): Promise<number> => {
    const targets = await roughnessTargets([painting], createOrtSessions(), { provider: 'cpu' });
    const feeds = Object.entries(targets).map(([name, { shape: own, data }]) => [name, { shape: [...own], data: [...(data as Float32Array)] }]);
    return compute({ loss }, { painted: { shape, data: painted }, content: { shape, data: content }, ...Object.fromEntries(feeds) }).loss![0]!;
  };

  it('asks for the painting’s smooth places where the picture is smooth and for its rough ones where it is busy', async () => {
    const content = stripes(0, 0.35);
    const placed = await of(stripes(0.005, 0.2), content);
    expect(placed).toBeLessThan(0.5 * (await of(stripes(0.11, 0.11), content)));
    expect(placed).toBeLessThan(0.2 * (await of(stripes(0.2, 0.005), content)));
  });

  it('does not take a chequer of single pixels for paint', async () => {
    const content = stripes(0, 0);
    const chequered = content.map((value, at) => value + ((Math.floor(at / side) + at) % 2 ? 0.1 : -0.1));
    expect(await of(chequered, content)).toBeCloseTo(await of(content, content), 4);
  });

  it('counts a coloured ripple that luma does not show', async () => {
    const content = stripes(0, 0);
    const rippled = content.map((value, at) => value + (Math.floor(at / side / 2) % 2 ? 0.1 : -0.1) * [0.7152, -0.2126, 0][Math.floor(at / side / side)]!);
    expect(await of(rippled, content)).toBeGreaterThan((await of(content, content)) + 1);
  });
});
