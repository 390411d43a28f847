// What an export is made of: the state it was asked for, whatever the live document has come to, and no picture of a glaze that failed.
import { tmpdir } from 'node:os';
import { afterEach, expect, it, vi } from 'vitest';
import type { DocumentRecord, LayerOf } from '../../../../src-main/contract/document.ts';
import { StudioError } from '../../../../src-main/contract/fault.ts';
import { createRandom } from '../../../../src-main/engine/tensor/random.ts';
import type { OpenStyles } from '../../../../src-main/services/library/styles.ts';
import { glazeDesk, type GlazeDesk } from '../../../../src-main/services/glaze/glaze-desk.ts';
import { glazeDocument } from '../../../../src-main/services/glaze/glaze-document.ts';
import { sceneOf } from '../../../../src-main/services/glaze/still-scene.ts';
import { localRunner } from '../../../support/local-runner.ts';
import { glazeLayerOf, paintedDocument, type PaintedDocument } from '../../../support/painted-document.ts';

/** What painting anew for a state asks for: here nothing may be painted but by the desk. */
const anew = vi.hoisted(() => ({ times: 0 }));
vi.mock('../../../../src-main/services/glaze/glaze-assets.ts', () => ({
  glazeAssets: () => {
    anew.times += 1;
    throw new Error('painted anew');
  },
}));

const desks: GlazeDesk[] = [];
afterEach(async () => {
  anew.times = 0;
  for (const desk of desks.splice(0)) await desk.closeAll();
});

async function onDesk(openStyles: () => Promise<OpenStyles>): Promise<{ desk: GlazeDesk; painted: PaintedDocument }> {
  const painted = paintedDocument({ width: 100, height: 80 }, [glazeLayerOf('glaze', { strokePercent: 0 })], createRandom(3));
  const desk = glazeDesk(async () => undefined);
  desks.push(desk);
  await desk.open(glazeDocument({ record: painted.record, assets: painted.assets, workFolder: tmpdir(), openStyles }), 'first');
  return { desk, painted };
}

const paints = async (): Promise<OpenStyles> => ({ runner: localRunner().runner, styles: [], provider: 'cpu', threads: 1 });
const failing = (): Promise<OpenStyles> => Promise.reject(new StudioError('preset.missing', { name: 'gone', known: '–' }));

function scene(desk: GlazeDesk, record: DocumentRecord, options: { readonly hidden?: ReadonlySet<string>; readonly isLatestFine?: boolean } = {}) {
  const { hidden, ...how } = options;
  const place = { folders: { home: '', styles: '', work: tmpdir(), resources: '' }, device: 'cpu', sessions: { open: () => Promise.reject(new Error()), liveSessions: () => 0 } };
  return sceneOf({ record: structuredClone(record), assets: '', isPresent: true, shown: hidden ? { hidden } : {}, ...how }, desk, place, new AbortController().signal);
}

it('takes the live paint of the state asked for, also where its statistics were measured meanwhile', async () => {
  const { desk, painted } = await onDesk(paints);
  const { record } = painted;
  const glaze = record.layers['glaze'] as LayerOf<'glaze'>;
  expect((await scene(desk, record)).record).toEqual(record);
  desk.change('test', [{ path: ['layers', 'glaze', 'statistics'], after: painted.put(await desk.measure('test', 'glaze') ?? new Uint8Array()) }], 'first');
  expect((await scene(desk, record)).raster(glaze)?.tiles).not.toEqual({});
  expect(anew.times).toBe(0);
});

it('does not take live paint of another state, earlier or later', async () => {
  const { desk, painted } = await onDesk(paints);
  desk.change('test', [{ path: ['layers', 'glaze', 'settings', 'seed'], before: 1, after: 2 }], 'next');
  await expect(scene(desk, painted.record)).rejects.toThrow('painted anew');
  expect((await scene(desk, painted.record, { isLatestFine: true })).record.layers['glaze']).toMatchObject({ settings: { seed: 2 } });
});

it('says why a glaze cannot be painted, and leaves it out only where it is not to be seen', async () => {
  const { desk, painted } = await onDesk(failing);
  await expect(scene(desk, painted.record)).rejects.toMatchObject({ code: 'preset.missing' });
  await expect(desk.scene('test', { hidden: new Set(['glaze']) })).resolves.toMatchObject({ record: painted.record });
});
