// Names of documents and layers, and names within labels, in the language of the page.
import { computed } from 'vue';
import { useI18n } from 'vue-i18n';
import type { Layer } from '../../src-main/contract/document.ts';
import { nameOfText } from '../layers/text/text-changes.ts';
import type { Language } from '../locales/words.ts';
import { useStyles } from '../panels/gallery/styles-store.ts';
import { shownNames } from './made-names.ts';

export function useMadeNames(): { nameOf(layer: Layer | undefined): string; shown(name: string): string } {
  const { locale } = useI18n();
  const styles = useStyles();
  const rule = computed(() => shownNames(locale.value as Language, styles.list));
  const shown = (name: string): string => rule.value(name);
  return {
    shown,
    /** Text that stands in its own name is the artist's. */
    nameOf: (layer) => (layer === undefined ? '' : layer.kind === 'text' && layer.name === nameOfText(layer.text) ? layer.name : shown(layer.name)),
  };
}
