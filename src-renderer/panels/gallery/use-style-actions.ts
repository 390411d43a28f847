// What a click or the context menu does with a style.
import { ref, shallowRef, type Ref, type ShallowRef } from 'vue';
import { useI18n } from 'vue-i18n';
import type { GalleryStyle } from '../../../src-main/contract/studio-records.ts';
import { useCompare } from '../../compare/compare-store.ts';
import { useVariants } from '../../compare/variants-store.ts';
import { newGlaze } from '../../layers/glaze/glaze-changes.ts';
import { useGlazes } from '../../layers/glaze/glazes-store.ts';
import { useNotices } from '../../shell/notices-store.ts';
import { useShell } from '../../shell/shell-store.ts';
import { useDocument } from '../../document/document-store.ts';
import type { Language } from '../../locales/words.ts';
import type { StyleAction } from './StyleMenu.vue';
import { titleOf } from './style-words.ts';
import { useStyles } from './styles-store.ts';

/** Leaves room for the words around it: a name has 200 letters at most. */
const longestTitle = 180;

export interface StyleActions {
  /** The style a dialog is about, and which dialog. */
  readonly asked: ShallowRef<GalleryStyle | undefined>;
  readonly dialog: Ref<'details' | 'edit' | 'remove' | undefined>;
  run(style: GalleryStyle, action: StyleAction): void;
  savePlace(place: { name: string; folder: string; tags: string[] }): Promise<void>;
  removeAsked(): void;
  closeDialog(): void;
}

export function useStyleActions(): StyleActions {
  const { t, locale } = useI18n();
  const [styles, glazes, variants, compare, notices, shell, studio] = [useStyles(), useGlazes(), useVariants(), useCompare(), useNotices(), useShell(), useDocument()];
  const asked = shallowRef<GalleryStyle>();
  const dialog = ref<'details' | 'edit' | 'remove'>();

  const ask = (style: GalleryStyle, name: 'details' | 'edit' | 'remove'): void => {
    asked.value = style;
    dialog.value = name;
  };
  const inDocument = (action: (style: string) => unknown, { name }: GalleryStyle): void => {
    if (studio.record) action(name);
    else notices.tell('styles.noDocument');
  };

  /** "Title copy", then "Title copy 2". */
  function copyNameOf(style: GalleryStyle): string {
    const first = t('styles.copyName', { name: titleOf(style, locale.value as Language).slice(0, longestTitle) });
    let name = first;
    for (let count = 2; styles.byName.has(name); count++) name = `${first} ${count}`;
    return name;
  }

  async function duplicate(style: GalleryStyle): Promise<void> {
    const saved = await styles.saveMix(copyNameOf(style), newGlaze('', [{ style: style.name, weight: 1 }]).settings);
    if (saved) notices.tell('glaze.saved', { name: saved.name });
  }

  return {
    asked,
    dialog,
    run(style, action) {
      const actions: Readonly<Record<StyleAction, () => void>> = {
        use: () => inDocument(glazes.apply, style),
        apply: () => inDocument(glazes.addGlaze, style),
        mix: () => glazes.mixIn(style.name),
        variants: () => {
          variants.addStyle(style.name);
          compare.tab = 'variants';
          shell.workspace = 'compare';
        },
        details: () => ask(style, 'details'),
        favourite: () => void styles.arrange(style.name, { favourite: !style.favourite }),
        edit: () => ask(style, 'edit'),
        duplicate: () => void duplicate(style),
        export: () => void styles.exportStyle(style.name, false),
        exportWith: () => void styles.exportStyle(style.name, true),
        remove: () => ask(style, 'remove'),
      };
      actions[action]();
    },
    async savePlace({ name, folder, tags }) {
      const style = asked.value;
      dialog.value = undefined;
      if (!style) return;
      await styles.arrange(style.name, { folder, tags });
      if (name !== style.name) await styles.rename(style.name, name);
    },
    removeAsked() {
      if (asked.value) void styles.remove(asked.value.name);
      dialog.value = undefined;
    },
    closeDialog: () => void (dialog.value = undefined),
  };
}
