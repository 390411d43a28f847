// What is to be taught: paintings with the parts of them that count, and what is to be said of those.
import { shallowRef, type ShallowRef } from 'vue';
import type { Region } from '../../src-main/contract/image.ts';
import { faultOf, type Fault } from '../../src-main/contract/fault.ts';
import type { Note } from '../../src-main/contract/note.ts';
import type { FileRef, PaintingSurvey } from '../../src-main/contract/studio-api.ts';
import type { StudioClient } from '../client/studio-client.ts';

export interface DraftPainting {
  readonly id: number;
  readonly name: string;
  readonly file?: FileRef;
  readonly survey?: PaintingSurvey;
  /** In px of the file; absent: all of it. */
  readonly crop?: Region | undefined;
  /** Of the part that counts; while another one is judged, of the one before. */
  readonly notes?: readonly Note[];
  readonly fault?: Fault;
}

export interface TeachDraft {
  readonly paintings: ShallowRef<readonly DraftPainting[]>;
  /** `send`: gives the host the file. */
  add(name: string, send: () => Promise<FileRef>): Promise<void>;
  remove(id: number): void;
  setCrop(id: number, crop: Region | undefined): void;
  clear(): void;
}

/** A part is judged when its frame has rested for so long. */
const restMs = 300;

export function createTeachDraft(studio: StudioClient, notices: { fault(thrown: unknown): unknown }): TeachDraft {
  const paintings = shallowRef<readonly DraftPainting[]>([]);
  const resting = new Map<number, ReturnType<typeof setTimeout>>();
  let lastId = 0;

  const find = (id: number): DraftPainting | undefined => paintings.value.find((painting) => painting.id === id);
  const set = (id: number, changes: Partial<DraftPainting>): void => {
    paintings.value = paintings.value.map((painting) => (painting.id === id ? { ...painting, ...changes } : painting));
  };

  async function judge(id: number): Promise<void> {
    const { file, crop, survey } = find(id) ?? {};
    if (!file || !survey) return;
    if (!crop) return set(id, { notes: survey.notes });
    try {
      const { notes } = await studio.ask('teach.judge', { file, crop });
      if (find(id)?.crop === crop) set(id, { notes });
    } catch (thrown) {
      if (find(id)?.crop === crop) notices.fault(thrown);
    }
  }

  return {
    paintings,
    async add(name, send) {
      const id = ++lastId;
      paintings.value = [...paintings.value, { id, name }];
      try {
        const file = await send();
        const survey = await studio.ask('teach.survey', { file });
        set(id, { file, survey, crop: survey.proposed });
        await judge(id);
      } catch (thrown) {
        set(id, { fault: faultOf(thrown) });
      }
    },
    remove: (id) => void (paintings.value = paintings.value.filter((painting) => painting.id !== id)),
    setCrop(id, crop) {
      set(id, { crop });
      clearTimeout(resting.get(id));
      resting.set(id, setTimeout(() => void judge(id), restMs));
    },
    clear: () => void (paintings.value = []),
  };
}
