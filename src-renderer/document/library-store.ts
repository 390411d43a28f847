// The studio's documents: recent ones, and the ways to open, make and leave one.
import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import type { StudioParams } from '../../src-main/contract/studio-api.ts';
import type { DocumentCard, OpenedDocument } from '../../src-main/contract/studio-records.ts';
import type { GivenFile } from '../client/files.ts';
import { useHost } from '../client/host-store.ts';
import { useSentFiles } from '../jobs/sent-files-store.ts';
import { languageNow } from '../locales/words.ts';
import { useSettings } from '../settings/settings-store.ts';
import { useNotices } from '../shell/notices-store.ts';
import { useShell } from '../shell/shell-store.ts';
import { useDocument } from './document-store.ts';

export const useLibrary = defineStore('library', () => {
  const host = useHost();
  const document = useDocument();
  const notices = useNotices();
  const settings = useSettings();
  const shell = useShell();
  const sent = useSentFiles();
  const cards = shallowRef<readonly DocumentCard[]>([]);
  /** Name of what is being opened. */
  const opening = ref<string>();
  const isOpening = computed(() => opening.value !== undefined);
  /** The open document while it is read anew. */
  let reopening: { readonly id: string; readonly done: Promise<void> } | undefined;

  async function readList(): Promise<void> {
    try {
      cards.value = await host.studio.ask('documents.list');
    } catch (thrown) {
      notices.fault(thrown);
    }
  }

  /** True where it is open now. One at a time: a second wish while one is being opened is told so. `told`: keys of notes that somebody else tells. */
  async function show(name: string, ask: () => Promise<OpenedDocument>, told: readonly string[] = []): Promise<boolean> {
    if (opening.value !== undefined) {
      if (opening.value !== name) notices.tell('shell.start.stillOpening', { name: opening.value }, { words: 'jobs.show', run: () => (shell.showsJobs = true) });
      return false;
    }
    opening.value = name;
    try {
      await document.settled();
      const opened = await ask();
      // what is open stays until there is something to show instead
      if (document.record?.id !== opened.record.id) await leave();
      document.show(opened);
      notices.notes(opened.notes.filter(({ key }) => !told.includes(key)));
      if (opened.recipe) notices.offer(opened.recipe);
      return true;
    } catch (thrown) {
      notices.fault(thrown);
      return false;
    } finally {
      opening.value = undefined;
    }
  }

  /** The open document goes back to the shelf once all its changes are told. */
  async function leave(): Promise<void> {
    const id = document.record?.id;
    if (id === undefined) return;
    await document.settled();
    document.show(undefined);
    await host.studio.ask('documents.close', { document: id });
  }

  async function close(): Promise<void> {
    try {
      await leave();
    } catch (thrown) {
      notices.fault(thrown);
    }
    await readList();
  }

  async function remove(id: string): Promise<void> {
    try {
      if (document.record?.id === id) await leave();
      await host.studio.ask('documents.remove', { document: id });
    } catch (thrown) {
      notices.fault(thrown);
    }
    await readList();
  }

  const open = (id: string, name = '', told?: readonly string[]): Promise<boolean> => show(name, () => host.studio.ask('documents.open', { document: id }), told);
  /** Opens a document that something else was made for; false where it is no longer among the studio's documents. */
  async function openOf(id: string | undefined): Promise<boolean> {
    if (id === undefined) return false;
    await readList();
    const card = cards.value.find((each) => each.id === id);
    return card !== undefined && open(id, card.name);
  }
  /** One that was dropped or chosen; `id`: that could not be opened before. */
  const openFile = (file: GivenFile, id?: string): Promise<boolean> =>
    show(file.name, () => sent.attempt(file.name, openAgain(file), async (asked) => host.studio.ask('documents.import', { file: await file.send(host.transport), asked }), id));
  const openAgain = (file: GivenFile) => async (id: string): Promise<void> => {
    if (await openFile(file, id)) shell.toCanvas();
  };

  /** What the host names for the artist is in the language seen here. */
  async function settleLanguage(): Promise<void> {
    if (settings.settings.language === undefined) await settings.change({ language: languageNow() });
  }

  return {
    cards, opening, isOpening, readList, open, openOf, openFile, close, remove,
    create: (params: StudioParams<'documents.create'>): Promise<boolean> => show(params.name, () => settleLanguage().then(() => host.studio.ask('documents.create', params))),
    openSample: (): Promise<boolean> => show('', () => settleLanguage().then(() => host.studio.ask('documents.sample'))),
    /** Reads the open document anew from the host, as it is on disk; `told`: keys of notes that whoever asks tells. */
    async reopen(told?: readonly string[]): Promise<void> {
      const { id, name } = document.record ?? {};
      if (id === undefined) return;
      const again = async (): Promise<void> => {
        document.show(undefined);
        if (!(await open(id, name, told))) await readList();
      };
      const mine = (reopening = { id, done: Promise.resolve().then(again) });
      await mine.done.finally(() => reopening === mine && (reopening = undefined));
    },
    /** Whether a document is gone for the moment only: it is being read anew. */
    isReopening: (id: string | undefined): boolean => id !== undefined && reopening?.id === id,
    /** Settles when nothing is being read anew. */
    reopened: async (): Promise<void> => reopening?.done,
  };
});
