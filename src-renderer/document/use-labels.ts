// Names of history's steps in the language of now.
import { useI18n } from 'vue-i18n';
import type { HistoryLabel } from '../../src-main/contract/history.ts';

/** A step of a newer program, or one without words here, is called just that: a step. */
export function useLabels(): (label: HistoryLabel) => string {
  const { t, te } = useI18n();
  return ({ key, details }) => {
    const path = `history.${key}`;
    return te(path) || te(path, 'en') ? t(path, details ?? {}) : t('history.panel.unnamed');
  };
}
