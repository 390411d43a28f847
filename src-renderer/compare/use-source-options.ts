// All that can be compared of the open document, in the language shown; the results and files that stand on a side now.
import { computed, type ComputedRef } from 'vue';
import { useI18n } from 'vue-i18n';
import { rootId } from '../../src-main/contract/document.ts';
import { useDocument } from '../document/document-store.ts';
import type { CompareSource } from './compare-sources.ts';
import { statesByGroup, type SourceGroup, type SourceOption } from './source-options.ts';
import { useSourceWords } from './use-source-words.ts';

export function useSourceOptions(source: () => CompareSource): ComputedRef<readonly SourceOption[]> {
  const { d } = useI18n();
  const studio = useDocument();
  const wordsOf = useSourceWords();
  const option = (group: SourceGroup, made: CompareSource): SourceOption => ({ group, words: wordsOf(made), source: made });
  const timed = (each: SourceOption, entry: string): SourceOption => {
    const at = studio.entries.get(entry)?.at;
    return at === undefined ? each : { ...each, when: d(new Date(at), 'long') };
  };

  const layers = computed(() =>
    Object.values(studio.record?.layers ?? {})
      .filter(({ id }) => id !== rootId)
      .flatMap(({ id }) => [option('layers', { kind: 'without', layer: id }), option('layers', { kind: 'only', layer: id })]),
  );
  const states = computed(() => statesByGroup(studio.entries, studio.head, studio.redoLine).flatMap(({ group, states: all }) => all.map((entry) => timed(option(group, { kind: 'state', entry }), entry))));
  const snapshots = computed(() => studio.snapshots.map(({ name, entry }): SourceOption => timed({ group: 'snapshots', words: name, source: { kind: 'state', entry } }, entry)));

  return computed(() => {
    const now = source();
    return [
      option('document', { kind: 'present' }),
      ...(now.kind === 'picture' ? [option('results', now)] : []),
      ...(now.kind === 'file' ? [option('files', now)] : []),
      ...snapshots.value,
      ...layers.value,
      ...(studio.record ? states.value : []),
    ];
  });
}
