// Writes the open document as a file: once to a place of the artist's choice, then to the same place.
import { defineStore } from 'pinia';
import { ref } from 'vue';
import { chooseTarget, downloadFile } from '../client/files.ts';
import { useHost } from '../client/host-store.ts';
import { useNotices } from '../shell/notices-store.ts';
import { useDocument } from './document-store.ts';

export const useSaving = defineStore('saving', () => {
  const host = useHost();
  const document = useDocument();
  const notices = useNotices();
  const isSaving = ref(false);
  /** Where each document was written last, by id. */
  const places = new Map<string, string>();

  async function write(out: string | undefined): Promise<void> {
    const { record } = document;
    if (!record || isSaving.value) return;
    isSaving.value = true;
    try {
      await document.settled();
      const file = await host.studio.ask('documents.save', { document: record.id, ...(out === undefined ? {} : { out }) });
      if (out !== undefined) places.set(record.id, out);
      await downloadFile(host.transport, file);
      notices.tell('notices.savedAs', { name: file.name });
    } catch (thrown) {
      notices.fault(thrown);
    } finally {
      isSaving.value = false;
    }
  }

  async function saveAs(): Promise<void> {
    const { record } = document;
    if (!record) return;
    const target = await chooseTarget(`${record.name}.ora`);
    if (target) await write('out' in target ? target.out : undefined);
  }

  return {
    isSaving,
    saveAs,
    save: async (): Promise<void> => {
      const known = document.record && places.get(document.record.id);
      await (known === undefined ? saveAs() : write(known));
    },
  };
});
