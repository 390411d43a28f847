// What is to be taught: paintings with the parts of them that count.
import { shallowRef, type ShallowRef } from 'vue';
import type { Region } from '../../src-main/contract/image.ts';
import { faultOf, type Fault } from '../../src-main/contract/fault.ts';
import type { FileRef, PaintingSurvey } from '../../src-main/contract/studio-api.ts';
import type { StudioClient } from '../client/studio-client.ts';

export interface DraftPainting {
  readonly id: number;
  readonly name: string;
  readonly file?: FileRef;
  readonly survey?: PaintingSurvey;
  /** In px of the file; absent: all of it. */
  readonly crop?: Region | undefined;
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

export function createTeachDraft(studio: StudioClient): TeachDraft {
  const paintings = shallowRef<readonly DraftPainting[]>([]);
  let lastId = 0;

  const set = (id: number, changes: Partial<DraftPainting>): void => {
    paintings.value = paintings.value.map((painting) => (painting.id === id ? { ...painting, ...changes } : painting));
  };

  return {
    paintings,
    async add(name, send) {
      const id = ++lastId;
      paintings.value = [...paintings.value, { id, name }];
      try {
        const file = await send();
        const survey = await studio.ask('teach.survey', { file });
        set(id, { file, survey, crop: survey.proposed });
      } catch (thrown) {
        set(id, { fault: faultOf(thrown) });
      }
    },
    remove: (id) => void (paintings.value = paintings.value.filter((painting) => painting.id !== id)),
    setCrop: (id, crop) => set(id, { crop }),
    clear: () => void (paintings.value = []),
  };
}
