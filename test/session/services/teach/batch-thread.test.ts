import { expect, test } from 'vitest';
import { createBatches, type Dataset } from '../../../../src-main/engine/training/batch.ts';
import { drawnHere } from '../../../../src-main/engine/training/batch-source.ts';
import { proceduralPicture } from '../../../../src-main/engine/training/procedural/index.ts';
import { createRandom } from '../../../../src-main/engine/tensor/random.ts';
import { drawnBeside } from '../../../../src-main/services/teach/batch-thread.ts';

const random = createRandom(3);
const picture = () => proceduralPicture({ width: 96, height: 80 }, random);
const dataset: Dataset = { photos: [picture(), picture()], styles: [[picture()]] };
const rule = { cropPx: 32, patchPx: 16, patches: 2, styleSizePx: 96 };

test('batches drawn beside the steps are those drawn between them, and so is the state after each', async () => {
  const from = createRandom(5).state();
  const here = drawnHere(dataset, rule, from);
  const beside = drawnBeside(dataset, rule, from);
  for (let step = 0; step < 6; step++) {
    expect(await beside.next()).toEqual(await here.next());
    expect(beside.state()).toEqual(here.state());
  }
  await beside.close();
});

test('the state of a prefetched sequence resumes after the last batch given out, not the last drawn', async () => {
  const beside = drawnBeside(dataset, rule, createRandom(5).state());
  await beside.next();
  const third = createBatches(dataset, rule, beside.state()).next();
  expect(await beside.next()).toEqual(third);
  await beside.close();
});

test('a drawing thread that fails makes the next batch fail instead of waiting for ever', async () => {
  const beside = drawnBeside({ photos: [], styles: [] }, rule, createRandom(5).state());
  await expect(beside.next()).rejects.toThrow();
  await beside.close();
});
