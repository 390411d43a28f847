// Procedural pictures: every kind, by seed, at any size, with the statistics of pictures.
import { describe, expect, it, test } from 'vitest';
import type { Picture } from '../../../../src-main/engine/training/augment.ts';
import { proceduralKinds, proceduralPicture, proceduralSet, setKinds } from '../../../../src-main/engine/training/procedural/index.ts';
import { createRandom } from '../../../../src-main/engine/tensor/random.ts';

const size = { width: 128, height: 96 };
const drawn = proceduralKinds.map(({ name, draw }) => ({ name, pictures: [11, 12, 13].map((seed) => draw(size, createRandom(seed))) }));

function grey({ data }: Picture): Float64Array {
  return Float64Array.from({ length: data.length / 3 }, (_, at) => (data[3 * at]! + data[3 * at + 1]! + data[3 * at + 2]!) / 3);
}

function deviation(values: Float64Array): number {
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
}

/** Half the size, each value the mean of four. */
function halved(values: Float64Array, width: number): Float64Array {
  const half = width / 2;
  return Float64Array.from({ length: values.length / 4 }, (_, at) => {
    const from = 2 * Math.floor(at / half) * width + 2 * (at % half);
    return (values[from]! + values[from + 1]! + values[from + width]! + values[from + width + 1]!) / 4;
  });
}

/** α of a power spectrum f^−α, from the contrast lost at each of four halvings: equal in every octave for α = 2. */
function spectrumFall(picture: Picture): number {
  let [values, width] = [grey(picture), picture.width];
  const lost: number[] = [];
  for (let octave = 0; octave < 4; octave++) {
    const next = halved(values, width);
    lost.push(Math.log2(deviation(values) ** 2 - deviation(next) ** 2));
    [values, width] = [next, width / 2];
  }
  return 2 + (3 * (lost[3]! - lost[0]!) + (lost[2]! - lost[1]!)) / 10;
}

describe.each(drawn)('$name', ({ name, pictures }) => {
  it('is the same for the same seed and another for another', () => {
    const again = proceduralKinds.find((kind) => kind.name === name)!.draw(size, createRandom(11));
    expect(Buffer.compare(again.data, pictures[0]!.data)).toBe(0);
    expect(Buffer.compare(pictures[1]!.data, pictures[0]!.data)).not.toBe(0);
  });

  it('is neither flat nor without range', () => {
    for (const picture of pictures) {
      const values = grey(picture);
      expect(deviation(values)).toBeGreaterThan(8);
      const sorted = values.toSorted();
      expect(sorted[Math.floor(0.98 * sorted.length)]! - sorted[Math.floor(0.02 * sorted.length)]!).toBeGreaterThan(40);
    }
  });

  it('loses contrast from octave to octave as pictures do', () => {
    const fall = pictures.reduce((sum, picture) => sum + spectrumFall(picture), 0) / pictures.length;
    expect(fall).toBeGreaterThan(0.8);
    expect(fall).toBeLessThan(name === 'gradients' ? 6 : 4);
  });

  it('shows the same scene at another size', () => {
    const large = proceduralKinds.find((kind) => kind.name === name)!.draw({ width: 256, height: 192 }, createRandom(11));
    const reduced = halved(grey(large), 256);
    const small = grey(pictures[0]!);
    expect(deviation(small.map((value, at) => value - reduced[at]!))).toBeLessThan(0.5 * deviation(small));
  });

  it('takes as much chance at any size', () => {
    const states = [size, { width: 40, height: 30 }].map((extent) => {
      const random = createRandom(5);
      proceduralKinds.find((kind) => kind.name === name)!.draw(extent, random);
      return random.state();
    });
    expect(states[1]).toEqual(states[0]);
  });
});

test('a set holds every kind by its share, and is the same for the same seed', () => {
  const tiny = { width: 16, height: 12 };
  const set = proceduralSet(48, tiny, 9);
  expect(set).toHaveLength(48);
  expect(proceduralSet(48, tiny, 9).every((picture, index) => Buffer.compare(picture.data, set[index]!.data) === 0)).toBe(true);
  const names = setKinds(48).map(({ name }) => name);
  const total = proceduralKinds.reduce((sum, { weight }) => sum + weight, 0);
  for (const { name, weight } of proceduralKinds) {
    const count = names.filter((drawnName) => drawnName === name).length;
    expect(Math.abs(count - (48 * weight) / total), name).toBeLessThanOrEqual(1);
  }
});

test('a single picture is drawn by chance alone', () => {
  const [one, again, other] = [4, 4, 5].map((seed) => proceduralPicture(size, createRandom(seed)));
  expect(Buffer.compare(one!.data, again!.data)).toBe(0);
  expect(Buffer.compare(one!.data, other!.data)).not.toBe(0);
});

test('two dozen pictures already hold every kind', () => {
  expect(new Set(setKinds(24).map(({ name }) => name)).size).toBe(proceduralKinds.length);
});
