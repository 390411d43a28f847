// Teachings of the studio with the real trainer process: steered, paused, kept, ended, left and gone on with.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { TeachRunState } from '../../../../src-main/contract/studio-api.ts';
import { encodePixels } from '../../../../src-main/engine/image/codec.ts';
import { codeLayout, generatorLayout } from '../../../../src-main/engine/networks/generator.ts';
import { startVector } from '../../../../src-main/engine/networks/parameters.ts';
import { createRandom } from '../../../../src-main/engine/tensor/random.ts';
import { openLibrary } from '../../../../src-main/services/library/library.ts';
import { nodePlatform } from '../../../../src-main/services/node-platform.ts';
import type { Platform } from '../../../../src-main/services/platform.ts';
import { readPreset, writePreset } from '../../../../src-main/services/library/preset-file.ts';
import { readReferences } from '../../../../src-main/services/library/style-references.ts';
import { createTeachRuns, type TeachOrder, type TeachRuns } from '../../../../src-main/services/teach/teach-runs.ts';
import { presetOf } from '../../../support/preset.ts';
import { smallGenerator, strokePicture } from '../../../support/small-teaching.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { tinyFeatureNetwork } from '../../../support/tiny-feature-network.ts';

let platform: Platform;
let runs: TeachRuns;
let told: TeachRunState[];
let painting: string;
let shelf: Map<string, Uint8Array>;
/** When steps were told. */
let heardMs: number[];

const pictureId = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const last = (run: string): TeachRunState | undefined => told.findLast((state) => state.run === run);
const step = (run: string): number => last(run)?.metrics?.step ?? 0;
const until = (holds: () => boolean): Promise<void> => vi.waitFor(() => expect(holds()).toBe(true), { timeout: 110_000, interval: 20 });

function openRuns(): TeachRuns {
  return createTeachRuns({
    platform,
    pictures: {
      put: (bytes) => Promise.resolve((shelf.set(pictureId(bytes), new Uint8Array(bytes)), pictureId(bytes))),
      get: (id) => Promise.resolve(shelf.has(id) ? { bytes: new Uint8Array(shelf.get(id) ?? []), type: 'image/png' } : undefined),
    },
    environment: {},
    emit: (state) => {
      if (state.metrics && state.metrics !== told.at(-1)?.metrics) heardMs.push(performance.now());
      told.push(state);
    },
    stylesChanged: () => undefined,
  });
}

const order = (changes: Partial<TeachOrder> = {}): TeachOrder => ({ name: 'Strokes', paintings: [painting], crops: [null], seconds: 600, ...changes });
/** Only one depth has its steps timed before the first. */
const sketch = (): TeachOrder => order({ depth: 'sketch' });

beforeEach(async () => {
  const folder = temporaryFolder();
  const models = join(folder, 'resources', 'models');
  mkdirSync(models, { recursive: true });
  const random = createRandom(1);
  const numbers = { weights: startVector(generatorLayout(smallGenerator), random), code: startVector(codeLayout(smallGenerator), random) };
  await writePreset(join(models, 'base.vstyle'), { ...presetOf({ record: { kind: 'network', name: 'Small base', generator: smallGenerator } }), ...numbers });
  writeFileSync(join(models, 'features.onnx'), tinyFeatureNetwork());
  painting = join(folder, 'painting.png');
  await encodePixels(strokePicture(180, 170), painting);
  const plain = nodePlatform({ environment: { VELATURA_HOME: join(folder, 'home') } });
  platform = { ...plain, folders: { ...plain.folders, resources: join(folder, 'resources') } };
  [told, heardMs, shelf] = [[], [], new Map()];
  runs = openRuns();
});

afterEach(() => runs.close());

test('a run shows its progress, is steered, and ends early as a style in the library', async () => {
  const run = await runs.start(order({ strokePercent: 200, brokenInto: 'dots' }));
  await until(() => step(run) > 3 && last(run)?.preview !== undefined);
  await runs.adjust({ run, balance: 0.9, marks: [{ x: 0.2, y: 0.2, width: 0.3, height: 0.3, verdict: 'less' }] });
  expect(last(run)?.wishes).toMatchObject({ balance: 0.9, strokePercent: 200, marks: [{ verdict: 'less' }] });
  const adjusted = step(run);
  await until(() => step(run) > adjusted + 3);
  expect(await runs.stop(run, { keep: true, name: 'My strokes' })).toEqual({ style: 'My strokes' });
  expect(last(run)?.state).toBe('done');
  const { path } = await openLibrary(platform.folders, 'test').get('My strokes');
  const { record } = await readPreset(path);
  expect(record).toMatchObject({ learnedSizePx: 256, marks: 'dots' });
  expect(record.lineage.steps).toBeGreaterThan(adjusted);
  const curves = await runs.metrics(run);
  expect(curves.steps.length).toBeGreaterThan(3);
  await runs.close();
  runs = openRuns();
  expect(await runs.list()).toMatchObject([{ run, state: 'done', name: 'My strokes', style: 'My strokes', checkpoints: [] }]);
  expect((await runs.metrics(run)).steps).toEqual(curves.steps);
  expect(existsSync(join(platform.folders.home, 'teaching', run, '1'))).toBe(false); // What it learned from is kept beside the style.
  await runs.discard(run);
  expect(await runs.list()).toEqual([]);
});

test('a paused run waits and goes on', async () => {
  const run = await runs.start(sketch());
  await until(() => heardMs.length > 3);
  runs.pause(run);
  // Nothing is heard for much longer than it ever took.
  const longestMs = Math.max(...heardMs.slice(1).map((at, index) => at - (heardMs[index] ?? at)));
  await until(() => performance.now() - (heardMs.at(-1) ?? 0) > 4 * longestMs);
  const held = step(run);
  await runs.resume(run);
  await until(() => step(run) > held);
  await runs.stop(run, { keep: false });
});

test('a state that is kept is a style of its own, and outlives the run', async () => {
  const run = await runs.start(sketch());
  await until(() => step(run) > 2);
  runs.keep(run, 'early');
  await until(() => (last(run)?.checkpoints.length ?? 0) === 1);
  await runs.stop(run, { keep: true });
  const [kept] = last(run)?.checkpoints ?? [];
  expect((await readPreset(kept?.style ?? '')).record).toMatchObject({ name: 'early' });
});

test('a kept state goes into the library as often as it is asked for, while the run goes on and after it has ended', async () => {
  const library = openLibrary(platform.folders, 'test');
  const run = await runs.start(sketch());
  await until(() => step(run) > 2);
  runs.keep(run, 'early');
  await until(() => (last(run)?.checkpoints.length ?? 0) === 1);
  expect(await runs.take(run, { state: 'early', name: 'First' })).toEqual({ style: 'First' });
  await expect(runs.take(run, { state: 'late', name: 'Second' })).rejects.toMatchObject({ code: 'job.missing' });
  await expect(runs.take(run, { state: 'early', name: 'a/b' })).rejects.toMatchObject({ code: 'usage.invalid' });
  // Stopped at the kept state itself, the run would end as the same style.
  const kept = last(run)?.checkpoints[0]?.step ?? 0;
  await until(() => step(run) > kept + 2);
  await runs.stop(run, { keep: true });
  expect(await runs.take(run, { state: 'early', name: 'Second' })).toEqual({ style: 'Second' });
  const [first, second] = [await library.get('First'), await library.get('Second')];
  expect(second.record.lineage).toEqual(first.record.lineage);
  // Both can be taught anew over another base.
  for (const { record } of [first, second]) expect(await readReferences(record.id, platform.folders)).toHaveLength(1);
  expect((await runs.take(run, { state: 'early', name: 'Strokes' })).kept).toMatch(/^Strokes@/);
});

test('a finished run with kept states is found again as finished, with its style and its pictures, and is not gone on with', async () => {
  const run = await runs.start({ ...sketch(), canvas: readFileSync(painting) });
  await until(() => last(run)?.preview !== undefined);
  runs.keep(run, 'early');
  await until(() => (last(run)?.checkpoints.length ?? 0) === 1);
  await runs.stop(run, { keep: true, name: 'My strokes' });
  const ended = last(run);
  expect(ended?.checkpoints[0]?.preview).toBeDefined();
  await runs.close();
  [runs, shelf] = [openRuns(), new Map()];
  const [found, ...others] = await runs.list();
  expect(others).toEqual([]);
  expect(found).toMatchObject({ run, name: 'My strokes', state: 'done', style: 'My strokes', before: ended?.before, preview: ended?.preview, checkpoints: ended?.checkpoints });
  for (const picture of [found?.before, found?.preview, found?.checkpoints[0]?.preview]) expect(shelf.has(picture ?? '')).toBe(true);
  expect((await readPreset(found?.checkpoints[0]?.style ?? '')).record).toMatchObject({ name: 'early' });
  await expect(runs.resume(run)).rejects.toMatchObject({ code: 'job.missing' });
  await openLibrary(platform.folders, 'test').remove('My strokes');
  expect((await runs.list())[0]).not.toHaveProperty('style');
  await runs.discard(run);
  expect(await runs.list()).toEqual([]);
});

test('a run that was left when the studio closed is found again with the picture it began with, and goes on from where it stood', async () => {
  const canvas = readFileSync(painting);
  const begun = { before: pictureId(canvas), place: { document: 'garden', beneath: 'glaze-1' } };
  const run = await runs.start({ ...sketch(), canvas, place: begun.place });
  await until(() => step(run) > 5);
  expect(last(run)).toMatchObject(begun);
  expect(await runs.list()).toMatchObject([{ state: 'running', ...begun }]);
  await runs.adjust({ run, balance: 0.25 });
  await runs.close();
  const stood = step(run);
  runs = openRuns();
  expect(await runs.list()).toMatchObject([{ run, name: 'Strokes', state: 'left', paintings: ['painting.png'], wishes: { balance: 0.25 }, ...begun }]);
  told = [];
  await Promise.all([runs.resume(run), runs.resume(run)]); // a second click is no second trainer
  await until(() => told.some(({ metrics }) => metrics !== undefined));
  expect(told.find(({ metrics }) => metrics)?.metrics?.step).toBeGreaterThanOrEqual(stood);
  expect(told.filter(({ state }) => state === 'failed')).toEqual([]);
  await runs.stop(run, { keep: false });
  await runs.discard(run);
  expect(await runs.list()).toEqual([]);
});

test('the parts of a painting and the numbers of every step outlive the run that learned from them', async () => {
  const parts = [{ x: 0, y: 0, width: 120, height: 100 }, { x: 60, y: 50, width: 110, height: 118 }];
  const run = await runs.start({ ...sketch(), crops: [parts] });
  await until(() => step(run) > 5);
  await runs.close();
  const stood = step(run);
  runs = openRuns();
  const kept = await runs.metrics(run);
  expect(kept.steps).toEqual(Array.from({ length: kept.steps.length }, (_, index) => index + 1));
  expect(kept.steps.length).toBeGreaterThanOrEqual(stood);
  expect(kept.values['style']?.every((value) => value !== null)).toBe(true);
  told = [];
  await runs.resume(run);
  await until(() => step(run) > kept.steps.length);
  const further = await runs.metrics(run);
  const before = (told.find(({ metrics }) => metrics)?.metrics?.step ?? 1) - 1;
  expect(further.steps[0]).toBe(1);
  expect(further.steps.slice(0, before)).toEqual(kept.steps.slice(0, before));
  runs.keep(run, 'early');
  await until(() => (last(run)?.checkpoints.length ?? 0) === 1);
  await runs.stop(run, { keep: true });
  expect((await runs.metrics(run)).steps.at(-1)).toBeGreaterThanOrEqual(further.steps.at(-1) ?? Infinity);
  const { lineage } = (await openLibrary(platform.folders, 'test').get('Strokes')).record;
  expect(lineage.recipe.paintings.map((each) => each.split(' ')[1])).toEqual(['0,0,120x100', '60,50,110x118']);
  await runs.discard(run);
  await expect(runs.metrics(run)).rejects.toMatchObject({ code: 'job.missing' });
});

test('a run whose paintings cannot be copied leaves nothing', async () => {
  await expect(runs.start(order({ paintings: [painting, join(platform.folders.home, 'gone.png')] }))).rejects.toMatchObject({ code: 'disk.failed' });
  expect(readdirSync(join(platform.folders.home, 'teaching'))).toEqual([]);
});

test('a trainer that is killed before its first checkpoint leaves a failed run that can be started anew', async () => {
  const started: number[] = [];
  const plain = platform;
  platform = {
    ...plain,
    startProcess: (entry) => {
      const link = plain.startProcess(entry);
      started.push(link.pid ?? 0);
      return link;
    },
  };
  runs = openRuns();
  const run = await runs.start(sketch());
  await until(() => step(run) > 2);
  process.kill(started[0] ?? 0, 'SIGKILL');
  await until(() => last(run)?.state === 'failed');
  expect(last(run)?.fault?.code).toBe('training.process-lost');
  told = [];
  await runs.resume(run);
  await until(() => told.some(({ metrics }) => metrics !== undefined));
  expect(told.find(({ metrics }) => metrics)?.metrics?.step).toBeLessThan(20);
  await runs.stop(run, { keep: false });
});
