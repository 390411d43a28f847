// The gallery as the page knows it: its styles, and what is done with them.
import { defineStore } from 'pinia';
import { computed, ref, shallowRef, watch } from 'vue';
import type { GlazeSettings } from '../../../src-main/contract/document.ts';
import { faultOf, type Fault } from '../../../src-main/contract/fault.ts';
import type { FileRef } from '../../../src-main/contract/studio-api.ts';
import type { GalleryStyle } from '../../../src-main/contract/studio-records.ts';
import { chooseFiles, chooseTarget, downloadFile } from '../../client/files.ts';
import { useHost } from '../../client/host-store.ts';
import { useNotices } from '../../shell/notices-store.ts';

/** Type of what is dragged: the style's name in the library. */
export const styleDragType = 'application/x-velatura-style';

export const useStyles = defineStore('styles', () => {
  const host = useHost();
  const notices = useNotices();
  const list = shallowRef<readonly GalleryStyle[]>([]);
  const state = ref<'waiting' | 'there' | 'failed'>('waiting');
  /** Why the gallery could not be read. */
  const fault = shallowRef<Fault>();
  const byName = computed(() => new Map(list.value.map((style) => [style.name, style])));
  let reads = 0;

  async function load(): Promise<void> {
    const read = ++reads;
    try {
      const styles = await host.studio.ask('styles.list');
      if (read !== reads) return;
      list.value = styles;
      state.value = 'there';
      fault.value = undefined;
    } catch (thrown) {
      if (read !== reads) return;
      fault.value = faultOf(thrown);
      if (state.value === 'waiting') state.value = 'failed';
    }
  }

  /** The answer of something done, with the gallery read anew; undefined where it failed, which a notice says. */
  async function done<T>(work: Promise<T>): Promise<T | undefined> {
    try {
      const answer = await work;
      await load();
      return answer;
    } catch (thrown) {
      notices.fault(thrown);
      return undefined;
    }
  }

  async function importFile(file: FileRef): Promise<string | undefined> {
    const added = await done(host.studio.ask('styles.import', { file }));
    if (!added) return undefined;
    notices.notes(added.notes);
    notices.tell('styles.imported', { name: added.name });
    return added.name;
  }

  /** Files of styles that the artist chooses. */
  async function importChosen(): Promise<void> {
    try {
      for (const { file } of await chooseFiles(host.transport, 'style', true)) await importFile(file);
    } catch (thrown) {
      notices.fault(thrown);
    }
  }

  /** To where the artist says, or to the browser's downloads. */
  async function exportStyle(style: string, references: boolean): Promise<void> {
    try {
      const target = await chooseTarget(`${style}.vstyle`);
      if (!target) return;
      const file = await host.studio.ask('styles.export', { style, references, ...('out' in target ? { out: target.out } : {}) });
      await downloadFile(host.transport, file);
      notices.tell('styles.exported', { name: file.name });
    } catch (thrown) {
      notices.fault(thrown);
    }
  }

  host.transport.onEvent((event) => {
    if (event.kind === 'styles.changed') void load();
  });
  watch(() => host.connection, (connection) => connection === 'connected' && void load(), { immediate: true });

  return {
    list, state, fault, byName, load, importFile, importChosen, exportStyle,
    rename: (style: string, name: string) => done(host.studio.ask('styles.rename', { style, name })),
    remove: (style: string) => done(host.studio.ask('styles.remove', { style })),
    arrange: (style: string, place: { favourite?: boolean; folder?: string; tags?: string[] }) => done(host.studio.ask('styles.arrange', { style, ...place })),
    saveMix: (name: string, settings: GlazeSettings) => done(host.studio.ask('styles.saveMix', { name, settings })),
  };
});
