// The fonts on offer: read when first wanted and when the list is opened.
import { defineStore } from 'pinia';
import { shallowRef } from 'vue';
import type { FontFamily } from '../../../src-main/contract/studio-records.ts';
import { chooseFiles } from '../../client/files.ts';
import { useHost } from '../../client/host-store.ts';
import { useNotices } from '../../shell/notices-store.ts';

export const useFonts = defineStore('fonts', () => {
  const { studio, transport } = useHost();
  const notices = useNotices();
  const list = shallowRef<readonly FontFamily[]>([]);

  async function load(): Promise<void> {
    try {
      list.value = await studio.ask('text.fonts');
    } catch (thrown) {
      notices.fault(thrown);
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

  return { list, load, add };
});
