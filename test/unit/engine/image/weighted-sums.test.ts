// Weighted sums, several at once: the bits of plain loops, whatever the sizes.
import { describe, expect, it } from 'vitest';
import { assembleWasm } from '../../../../src-main/engine/image/assemble-wasm.ts';
import { weightedSums, type Taps } from '../../../../src-main/engine/image/weighted-sums.ts';
import { createRandom, type Random } from '../../../../src-main/engine/tensor/random.ts';

function randomTaps(random: Random, targets: number, length: number): Taps {
  const count = 1 + random.integer(Math.min(9, length));
  const first = random.integer(50);
  const starts = Int32Array.from({ length: targets }, () => first + random.integer(length - count + 1));
  return { starts, weights: Float64Array.from({ length: targets * count }, () => random.normal()), count, first, end: first + length };
}

/** One position after another. */
function plainly(planes: Float32Array, channels: number, across: Taps, down: Taps): Float32Array {
  const [width, height] = [across.end - across.first, down.end - down.first];
  const sum = ({ starts, weights, count, first }: Taps, at: number, value: (index: number) => number): number => {
    let total = 0;
    for (let k = 0; k < count; k++) total += weights[at * count + k]! * value(starts[at]! - first + k);
    return Math.fround(total);
  };
  const out: number[] = [];
  for (let c = 0; c < channels; c++) {
    const narrow = Array.from({ length: height }, (_, y) => [...across.starts.keys()].map((x) => sum(across, x, (i) => planes[(c * height + y) * width + i]!)));
    for (const y of down.starts.keys()) for (const x of across.starts.keys()) out.push(sum(down, y, (i) => narrow[i]![x]!));
  }
  return Float32Array.from(out);
}

describe('weighted sums', () => {
  it('have the bits of plain loops for any number of positions, taps and channels, in any order of calls', () => {
    const random = createRandom(4);
    for (let i = 0; i < 60; i++) {
      const [channels, width, height] = [1 + random.integer(3), 1 + random.integer(40), 1 + random.integer(40)];
      const [across, down] = [randomTaps(random, 1 + random.integer(30), width), randomTaps(random, 1 + random.integer(30), height)];
      const planes = Float32Array.from({ length: channels * width * height }, () => random.normal());
      expect(weightedSums(planes, channels, across, down)).toEqual(plainly(planes, channels, across, down));
    }
  });

  it('are none for no positions', () => {
    const none: Taps = { starts: new Int32Array(), weights: new Float64Array(), count: 1, first: 0, end: 1 };
    expect(weightedSums(new Float32Array(1), 1, none, none)).toHaveLength(0);
  });

  it('are not run from a text that is not understood', () => {
    const text = (line: string) => () => assembleWasm([{ name: 'f', params: ['a'], locals: {}, text: line }]);
    expect(text('i32.nothing')).toThrow('i32.nothing');
    expect(text('local.get b')).toThrow('local b');
    expect(text('local.get a; local.set a')).not.toThrow();
  });
});
