// What a side of the comparison is called in the language shown.
import { useI18n } from 'vue-i18n';
import { firstState } from '../../src-main/contract/history.ts';
import { useDocument } from '../document/document-store.ts';
import { useLabels } from '../document/use-labels.ts';
import { useMadeNames } from '../document/use-made-names.ts';
import type { CompareSource } from './compare-sources.ts';

export function useSourceWords(): (source: CompareSource) => string {
  const { t } = useI18n();
  const studio = useDocument();
  const labelOf = useLabels();
  const { nameOf } = useMadeNames();

  function stateWords(entry: string): string {
    if (entry === firstState) return t('compare.beginning');
    const label = studio.entries.get(entry)?.label;
    return label ? labelOf(label) : entry;
  }

  return (source) => {
    switch (source.kind) {
      case 'present':
        return t('compare.present');
      case 'without':
      case 'only':
        return t(`compare.${source.kind}`, { layer: nameOf(studio.record?.layers[source.layer]) });
      case 'state':
        return stateWords(source.entry);
      case 'picture':
      case 'file':
        return source.title;
    }
  };
}
