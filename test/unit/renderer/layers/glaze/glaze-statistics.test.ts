// Statistics of a glaze join the record only where they fit.
import { expect, test } from 'vitest';
import { applyChanges, type Change } from '../../../../../src-main/contract/changes.ts';
import type { DocumentRecord } from '../../../../../src-main/contract/document.ts';
import type { HistoryEntry } from '../../../../../src-main/contract/history.ts';
import { newGlaze } from '../../../../../src-renderer/layers/glaze/glaze-changes.ts';
import { createStatisticsKeeper } from '../../../../../src-renderer/layers/glaze/glaze-statistics.ts';
import { openedDocument } from '../../../../support/scripted-gallery.ts';

const [first, second] = ['1'.repeat(64), '2'.repeat(64)];

function scripted(glaze: Partial<ReturnType<typeof newGlaze>> = {}) {
  const layer = { ...newGlaze('Glaze', [{ style: 'scream', weight: 1 }]), id: 'glaze', ...glaze };
  const entry = (id: string, parent: string): [string, HistoryEntry] => [id, { id, parent, label: { key: 'x' }, at: '2026-01-01T00:00:00.000Z', changes: [] }];
  const document = {
    record: openedDocument({ layers: { glaze: layer }, children: ['paint', 'glaze'] }).record as DocumentRecord | undefined,
    head: 'b',
    entries: new Map([entry('a', 'first'), entry('b', 'a')]),
    commit: () => undefined,
    amend(changes: readonly Change[]) {
      if (document.record) document.record = applyChanges(document.record, changes);
    },
  };
  const statistics = (): unknown => {
    const shown = document.record?.layers['glaze'];
    return shown?.kind === 'glaze' ? shown.statistics : 'no glaze';
  };
  return { document, statistics, keeper: createStatisticsKeeper(document) };
}

const measured = (statistics: string, drift = false) => ({ document: 'document-1', layer: 'glaze', statistics, drift });

test('they join the newest step', () => {
  const { keeper, statistics } = scripted();
  keeper.take(measured(first));
  expect(statistics()).toBe(first);
  keeper.take(measured(second, true));
  expect(statistics()).toBe(second);
});

test('a step from which others go on stays as it is; they join once the newest step stands', () => {
  const { keeper, statistics, document } = scripted();
  document.head = 'a';
  keeper.take(measured(first));
  keeper.retry();
  expect(statistics()).toBeUndefined();
  document.head = 'b';
  keeper.retry();
  expect(statistics()).toBe(first);
});

test('what waited does not replace statistics that came meanwhile', () => {
  const { keeper, statistics, document } = scripted();
  document.head = 'a';
  keeper.take(measured(first));
  document.head = 'b';
  keeper.take(measured(second));
  keeper.retry();
  expect(statistics()).toBe(second);
});

test('locked statistics are not renewed by drift', () => {
  const { keeper, statistics } = scripted({ statistics: first, statisticsLocked: true });
  keeper.take(measured(second, true));
  expect(statistics()).toBe(first);
});

test('another document and a layer that is gone are left alone', () => {
  const { keeper, statistics, document } = scripted();
  keeper.take({ ...measured(first), document: 'other' });
  keeper.take({ ...measured(first), layer: 'gone' });
  expect(statistics()).toBeUndefined();
  expect(document.record?.layers['gone']).toBeUndefined();
});
