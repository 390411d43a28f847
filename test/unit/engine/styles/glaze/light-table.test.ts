// The lighting of a picture among its frozen numbers: there and back, absent where not lit, refused where it is none.
import { expect, test } from 'vitest';
import { lightingOf } from '../../../../../src-main/engine/image/lighting.ts';
import { lightingTable, thawedLighting } from '../../../../../src-main/engine/styles/glaze/light-table.ts';
import { readSafetensors, writeSafetensors, type TensorTable } from '../../../../../src-main/engine/tensor/safetensors.ts';
import { tensor } from '../../../../../src-main/engine/tensor/tensor.ts';
import { noiseAt, pictureOf } from '../../../../support/pictures.ts';

const lighting = lightingOf(pictureOf(90, 60, (x, y) => [x / 90, y / 60, noiseAt(x, y)]));

test('a lighting comes back from bytes as it was; where there is none, nothing was lit', () => {
  expect(thawedLighting(readSafetensors(writeSafetensors(lightingTable(lighting)), 'statistics'))).toEqual(lighting);
  expect(thawedLighting({ 'half.mean': tensor([2]) })).toBeUndefined();
});

test('half of a lighting, a map of another shape, or what is no number is refused', () => {
  const table = lightingTable(lighting);
  const only = (name: string): TensorTable => ({ [name]: table[name]! });
  for (const wrong of [only('light.level'), only('light.surroundings'), { ...table, 'light.surroundings': tensor([1, 3, 4, 4]) }, { ...table, 'light.level': tensor([2]) }, { ...table, 'light.level': tensor([1], Float32Array.of(NaN)) }, { ...table, 'light.surroundings': tensor([1, 2, 1, 1], Float32Array.of(0.5, Infinity)) }]) {
    expect(() => thawedLighting(wrong)).toThrow(expect.objectContaining({ code: 'asset.corrupt' }));
  }
});
