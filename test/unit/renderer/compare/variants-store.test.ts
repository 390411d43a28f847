// Variants that are given up before the host has said which job they are, and one that is taken when its glaze is gone.
import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, expect, test, vi } from 'vitest';
import { useVariants } from '../../../../src-renderer/compare/variants-store.ts';
import { useDocument } from '../../../../src-renderer/document/document-store.ts';
import { removeLayers } from '../../../../src-renderer/document/layer-edits.ts';
import { addAbove } from '../../../../src-renderer/document/layer-changes.ts';
import { glazeOf, setSettings } from '../../../../src-renderer/layers/glaze/glaze-changes.ts';
import type { OpenedDocument } from '../../../../src-main/contract/studio-records.ts';
import { glazeLayerOf, paintedDocument } from '../../../support/painted-document.ts';
import { useNotices } from '../../../../src-renderer/shell/notices-store.ts';
import { createRandom } from '../../../../src-main/engine/tensor/random.ts';

const host = vi.hoisted(() => ({ asked: [] as string[], answers: [] as (() => void)[], wanted: [] as unknown[] }));

vi.mock('../../../../src-renderer/client/host-store.ts', () => ({
  useHost: () => ({
    transport: { onEvent: () => undefined, onState: () => undefined },
    studio: {
      ask: (method: string, params?: { readonly job?: string }) => {
        if (method === 'variants.render') host.wanted.push(params);
        if (method === 'variants.render') return new Promise((resolve) => host.answers.push(() => resolve({ job: `job-${host.answers.length}` })));
        if (method === 'jobs.cancel') host.asked.push(`${method} ${params?.job}`);
        return Promise.resolve([]);
      },
    },
  }),
}));

const mix = [{ style: 'scream', weight: 0.75 }, { style: 'wave', weight: 0.25 }];
const { record } = paintedDocument({ width: 20, height: 20 }, [glazeLayerOf('glaze', { styles: mix, strength: 0.5 })], createRandom(1));
const history = { entries: [], head: 'begin', redo: [], snapshots: [], bytes: 0 };

beforeEach(() => {
  vi.stubGlobal('document', { documentElement: { lang: 'en' } });
  setActivePinia(createPinia());
  [host.asked.length, host.answers.length, host.wanted.length] = [0, 0, 0];
});

const notices = (): string[] => useNotices().list.flatMap((notice) => (notice.kind === 'words' ? [notice.words] : []));

async function started(chosen?: string) {
  const [variants, document] = [useVariants(), useDocument()];
  document.show({ record, history, readOnly: false, notes: [] } as unknown as OpenedDocument);
  if (chosen !== undefined) document.chosen = [chosen];
  const starting = variants.start();
  await vi.waitFor(() => expect(host.answers).toHaveLength(1));
  return { variants, document, starting };
}

test('a run cancelled at once is cancelled as soon as it has a name', async () => {
  const { variants, starting } = await started();
  await variants.cancel();
  host.answers[0]!();
  await starting;
  expect(host.asked).toEqual(['jobs.cancel job-1']);
});

test('a run of a document that was left is cancelled, and leaves the next grid alone', async () => {
  const { variants, document, starting } = await started();
  document.show(undefined);
  host.answers[0]!();
  await starting;
  expect([host.asked, variants.state, variants.cells]).toEqual([['jobs.cancel job-1'], 'idle', []]);
});

test('a mix that is taken when its glaze was removed meanwhile comes with all its styles', async () => {
  const { variants, document, starting } = await started();
  host.answers[0]!();
  await starting;
  const [cell] = variants.cells;
  expect(cell?.settings.styles).toEqual(mix);
  document.commit({ key: 'layer.remove' }, removeLayers(document.record!, ['glaze']).changes);
  document.chosen = [];
  variants.take(cell!);
  const [made] = document.chosen;
  expect(made).not.toBe('glaze');
  expect(glazeOf(document.record, made)?.settings).toMatchObject({ styles: mix, strength: 0.5 });
});

test('with the picture in hand a variant is tried instead of the glaze over it, takes its place, and says so', async () => {
  const { variants, document, starting } = await started('background');
  host.answers[0]!();
  await starting;
  expect(host.wanted).toMatchObject([{ beneath: 'glaze' }]);
  const layers = Object.keys(document.record!.layers);
  variants.take({ ...variants.cells[0]!, settings: { ...variants.cells[0]!.settings, styles: [{ style: 'udnie', weight: 1 }], strength: 0.25 } });
  expect(Object.keys(document.record!.layers)).toEqual(layers);
  expect(glazeOf(document.record, 'glaze')?.settings).toMatchObject({ styles: [{ style: 'udnie' }], strength: 0.25 });
  expect([document.chosen, notices()]).toEqual([['glaze'], ['variants.wentInto']]);
  document.undo();
  expect(glazeOf(document.record, 'glaze')?.settings.styles).toEqual(mix);
});

test('marks that a variant was painted without are gone from the glaze that becomes it', async () => {
  const { variants, document, starting } = await started('glaze');
  host.answers[0]!();
  await starting;
  document.commit({ key: 'glaze.marks' }, setSettings(document.record!, 'glaze', { marks: 'dots' }));
  variants.take(variants.cells[0]!);
  expect(glazeOf(document.record, 'glaze')?.settings.marks).toBeUndefined();
});

test('one that was taken and undone is taken again where it was tried; a glaze that paints over it is told of', async () => {
  const { variants, document, starting } = await started();
  host.answers[0]!();
  await starting;
  document.commit({ key: 'layer.remove' }, removeLayers(document.record!, ['glaze']).changes);
  document.chosen = ['background'];
  variants.take(variants.cells[0]!);
  const [first] = document.chosen;
  document.commit({ key: 'layer.add' }, addAbove(document.record!, { ...glazeLayerOf('over'), name: 'Over' }, first));
  variants.take(variants.cells[0]!);
  expect(document.chosen).toEqual([first]);
  expect(notices()).toEqual(['variants.wentAbove', 'variants.wentIntoBeneath']);
});
