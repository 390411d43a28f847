// Variants that are given up before the host has said which job they are, and one that is taken when its glaze is gone.
import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, expect, test, vi } from 'vitest';
import { useVariants } from '../../../../src-renderer/compare/variants-store.ts';
import { useDocument } from '../../../../src-renderer/document/document-store.ts';
import { removeLayers } from '../../../../src-renderer/document/layer-edits.ts';
import { glazeOf } from '../../../../src-renderer/layers/glaze/glaze-changes.ts';
import type { OpenedDocument } from '../../../../src-main/contract/studio-records.ts';
import { glazeLayerOf, paintedDocument } from '../../../support/painted-document.ts';
import { createRandom } from '../../../../src-main/engine/tensor/random.ts';

const host = vi.hoisted(() => ({ asked: [] as string[], answers: [] as (() => void)[] }));

vi.mock('../../../../src-renderer/client/host-store.ts', () => ({
  useHost: () => ({
    transport: { onEvent: () => undefined, onState: () => undefined },
    studio: {
      ask: (method: string, params?: { readonly job?: string }) => {
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
  setActivePinia(createPinia());
  [host.asked.length, host.answers.length] = [0, 0];
});

async function started() {
  const [variants, document] = [useVariants(), useDocument()];
  document.show({ record, history, readOnly: false, notes: [] } as unknown as OpenedDocument);
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
