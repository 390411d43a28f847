// Checkpoints: every bit comes back, and no damaged one is believed.
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../../src-main/engine/tensor/random.ts';
import { decodeCheckpoint, encodeCheckpoint, type Checkpoint } from '../../../../src-main/engine/training/checkpoint.ts';
import { smallPhase, smallRecipe } from '../../../support/small-teaching.ts';

const random = createRandom(5);
for (let i = 0; i < 7; i++) random.uniform();

const checkpoint: Checkpoint = {
  recipe: smallRecipe([smallPhase('refine', 3), smallPhase('paint', 9)]),
  phase: 1,
  step: 4,
  random: random.state(),
  guard: { accuracies: [1 / 3, 0.1 + 0.2], smoothedAccuracy: Math.PI, meanNorm: 1e-17, judged: 4 },
  rateFactor: 0.25,
  rollBacks: 2,
  vectors: {
    weights: Float32Array.of(0, -0, 1 / 3, 1e-45, -1e-40, 3.4e38, Math.fround(Math.E)),
    'weights.first': Float32Array.from({ length: 1001 }, (_, index) => Math.sin(index) / 3),
    'code.updates': Float32Array.of(13),
  },
};

const bitsOf = (vectors: Checkpoint['vectors']): Record<string, Uint8Array> =>
  Object.fromEntries(Object.entries(vectors).map(([name, { buffer, byteOffset, byteLength }]) => [name, new Uint8Array(buffer, byteOffset, byteLength).slice()]));

describe('a checkpoint', () => {
  it('comes back with every bit', () => {
    const { vectors, ...rest } = decodeCheckpoint(encodeCheckpoint(checkpoint), 'checkpoint.zip');
    const { vectors: before, ...expected } = checkpoint;
    expect(rest).toEqual(expected);
    expect(bitsOf(vectors)).toEqual(bitsOf(before));
  });

  it('that is cut off anywhere is refused as corrupt, by its name', () => {
    const bytes = encodeCheckpoint(checkpoint);
    for (const length of [0, 1, 30, bytes.length >> 1, bytes.length - 1]) {
      expect(() => decodeCheckpoint(bytes.subarray(0, length), 'checkpoint.zip')).toThrowError(expect.objectContaining({ code: 'checkpoint.corrupt', details: expect.objectContaining({ file: 'checkpoint.zip' }) }));
    }
  });

  it('in which a single bit has turned is refused, or is the same', () => {
    const bytes = encodeCheckpoint(checkpoint);
    const chance = createRandom(2);
    let refused = 0;
    for (let trial = 0; trial < 150; trial++) {
      const damaged = Uint8Array.from(bytes);
      damaged[chance.integer(bytes.length)]! ^= 1 << chance.integer(8);
      try {
        // some bits of a zip mean nothing: times, attributes
        expect(decodeCheckpoint(damaged, 'checkpoint.zip')).toEqual(checkpoint);
      } catch (thrown) {
        expect(thrown).toMatchObject({ code: 'checkpoint.corrupt' });
        refused++;
      }
    }
    expect(refused).toBeGreaterThan(100);
  });
});
