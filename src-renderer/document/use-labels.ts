// Names of history's steps in the language of now.
import { useI18n } from 'vue-i18n';
import type { HistoryLabel } from '../../src-main/contract/history.ts';
import { useMadeNames } from './use-made-names.ts';

/** A step of a newer program, or one without words here, is called just that: a step. */
export function useLabels(): (label: HistoryLabel) => string {
  const { t, te } = useI18n();
  const { shown } = useMadeNames();
  return ({ key, details }) => {
    const path = `history.${key}`;
    return te(path) || te(path, 'en') ? t(path, namesShown(details ?? {}, shown)) : t('history.panel.unnamed');
  };
}

function namesShown(details: NonNullable<HistoryLabel['details']>, shown: (name: string) => string): Record<string, string | number> {
  return Object.fromEntries(Object.entries(details).map(([key, value]) => [key, typeof value === 'string' ? shown(value) : value]));
}
