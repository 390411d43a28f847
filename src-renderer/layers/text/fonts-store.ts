// The fonts on offer: read when first wanted and when the list is opened.
import { defineStore } from 'pinia';
import { ref, shallowRef } from 'vue';
import type { FontFamily } from '../../../src-main/contract/studio-records.ts';
import { chooseFiles } from '../../client/files.ts';
import { useHost } from '../../client/host-store.ts';
import { useNotices } from '../../shell/notices-store.ts';

export const useFonts = defineStore('fonts', () => {
  const { studio, transport } = useHost();
  const notices = useNotices();
  const list = shallowRef<readonly FontFamily[]>([]);
  /** The first reading goes through all fonts of the system. */
  const isReading = ref(false);

  async function load(): Promise<void> {
    isReading.value = true;
    try {
      list.value = await studio.ask('text.fonts');
    } catch (thrown) {
      notices.fault(thrown);
    } finally {
      isReading.value = false;
    }
  }

  /** Files of the artist's choice; answers the last family in them. */
  async function add(): Promise<string | undefined> {
    let last: string | undefined;
    try {
      for (const { file } of await chooseFiles(transport, 'font', true)) {
        const { families } = await studio.ask('text.addFont', { file });
        last = families.at(-1) ?? last;
        notices.tell('layers.text.added', { fonts: families.join(', ') });
      }
    } catch (thrown) {
      notices.fault(thrown);
    }
    if (last !== undefined) await load();
    return last;
  }

  /** What goes with a family of the artist's own: files by name, families in them. */
  async function own(font: string): Promise<{ readonly files: readonly string[]; readonly families: readonly string[] } | undefined> {
    try {
      return await studio.ask('text.ownFont', { font });
    } catch (thrown) {
      notices.fault(thrown);
      return undefined;
    }
  }

  /** Deletes the files a family of the artist's own is in; answers what went with them. */
  async function remove(font: string): Promise<readonly string[]> {
    let gone: readonly string[] = [];
    try {
      gone = (await studio.ask('text.removeFont', { font })).families;
      if (gone.length > 0) notices.tell('layers.text.removed', { fonts: gone.join(', ') });
    } catch (thrown) {
      notices.fault(thrown);
    }
    await load();
    return gone;
  }

  return { list, isReading, load, add, own, remove };
});
