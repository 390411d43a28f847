// Runs on disk: what earlier versions wrote is read, and so are the numbers, in so far as they can be.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { TrainingMetrics } from '../../../../src-main/contract/training.ts';
import { createRunNumbers, readSeries } from '../../../../src-main/services/teach/run-numbers.ts';
import { readRuns, writeRun, type TeachRunRecord } from '../../../../src-main/services/teach/teach-folder.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

const record: TeachRunRecord = {
  formatVersion: 1, run: 'run-1', name: 'Strokes', paintings: ['1/a.png', '2/b.png', '3/c.png'], crops: [null, 'auto', [{ x: 1, y: 2, width: 300, height: 400 }]],
  hasCanvas: false, practise: false, wishes: { balance: 0.5, strokePercent: 100, marks: [] }, kept: [], startedAt: '2026-01-01T00:00:00.000Z',
};
const metrics = (step: number): TrainingMetrics => ({ step, steps: 900, depth: 'paint', losses: { style: 1 / 3 }, discriminatorAccuracy: 0.5, gradientNorm: 1, stepMs: 1 });

test('a run that was written when a painting had one part at most is read, with that part', async () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'run-1'));
  await writeRun(join(folder, 'run-1'), record);
  expect(await readRuns(folder)).toEqual([record]);
  const file = join(folder, 'run-1', 'run.json');
  const written = JSON.parse(readFileSync(file, 'utf8')) as object;
  writeFileSync(file, JSON.stringify({ ...written, crops: [null, 'auto', { x: 1, y: 2, width: 300, height: 400 }] }));
  expect(await readRuns(folder)).toEqual([record]);
});

test('numbers are kept and gone on with; from an earlier step on they are as they come', async () => {
  const folder = temporaryFolder();
  const failed: unknown[] = [];
  const first = createRunNumbers(folder, (thrown) => failed.push(thrown));
  await first.begun;
  for (let step = 1; step <= 6; step++) first.take(metrics(step));
  await first.save();
  const second = createRunNumbers(folder, (thrown) => failed.push(thrown));
  expect((await second.series()).values).toEqual({ style: Array(6).fill(0.33333), accuracy: Array(6).fill(0.5) });
  second.take(metrics(4));
  expect((await second.series()).steps).toEqual([1, 2, 3, 4]);
  expect(failed).toEqual([]);
});

test('numbers that are damaged or missing are none, and a folder that is gone is told', async () => {
  const folder = temporaryFolder();
  expect((await readSeries(folder)).steps).toEqual([]);
  for (const text of ['{', '{}', '{"formatVersion":1,"every":1,"steps":[1,2],"counts":[1,1],"values":{"style":[1]}}', '{"formatVersion":1,"every":0,"steps":[],"counts":[],"values":{}}']) {
    writeFileSync(join(folder, 'metrics.json'), text);
    expect((await readSeries(folder)).steps, text).toEqual([]);
  }
  const failed: unknown[] = [];
  await createRunNumbers(join(folder, 'gone'), (thrown) => failed.push(thrown)).save();
  expect(failed).toHaveLength(1);
});
