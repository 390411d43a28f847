// What is to be taught: paintings with the parts of them that count, and what is to be said of those.
import { shallowRef, type ShallowRef } from 'vue';
import type { Region } from '../../src-main/contract/image.ts';
import { faultOf, type Fault } from '../../src-main/contract/fault.ts';
import type { Note } from '../../src-main/contract/note.ts';
import type { FileRef, PaintingSurvey } from '../../src-main/contract/studio-api.ts';
import { mostCrops } from '../../src-main/contract/teaching.ts';
import type { StudioClient } from '../client/studio-client.ts';
import { isWhole, wholeFrame } from './crop-frame.ts';

/** A part that counts, in px of the file. */
export interface DraftPart {
  readonly key: number;
  readonly crop: Region;
  /** While the part has changed and is judged anew, those of before. */
  readonly notes?: readonly Note[];
}

export interface DraftPainting {
  readonly id: number;
  readonly name: string;
  readonly file?: FileRef;
  readonly survey?: PaintingSurvey;
  /** At least one, once it has been looked at. */
  readonly parts: readonly DraftPart[];
  readonly fault?: Fault;
}

export interface TeachDraft {
  readonly paintings: ShallowRef<readonly DraftPainting[]>;
  /** `send`: gives the host the file. */
  add(name: string, send: () => Promise<FileRef>): Promise<void>;
  remove(id: number): void;
  /** Its key; it takes the place of a frame around all of the painting. Undefined where there are `mostCrops` already. */
  addPart(id: number, crop: Region): number | undefined;
  setPart(id: number, key: number, crop: Region): void;
  /** Without any part all of the painting counts. */
  removePart(id: number, key: number): void;
  clear(): void;
}

/** A part is judged when its frame has rested for so long. */
const restMs = 300;

/** Whether nothing of it is left out. */
export function isAll({ parts, survey }: DraftPainting): boolean {
  const [only, second] = parts;
  return survey !== undefined && only !== undefined && second === undefined && isWhole(only.crop, survey.size);
}

export function createTeachDraft(studio: StudioClient, notices: { fault(thrown: unknown): unknown }): TeachDraft {
  const paintings = shallowRef<readonly DraftPainting[]>([]);
  const resting = new Map<number, ReturnType<typeof setTimeout>>();
  /** What was answered last, by key of the part. */
  const judged = new Map<number, string>();
  let [lastId, lastKey] = [0, 0];

  const find = (id: number): DraftPainting | undefined => paintings.value.find((painting) => painting.id === id);
  const set = (id: number, changes: Partial<DraftPainting>): void => {
    paintings.value = paintings.value.map((painting) => (painting.id === id ? { ...painting, ...changes } : painting));
  };
  const partOf = (crop: Region): DraftPart => ({ key: ++lastKey, crop });
  const change = (id: number, parts: readonly DraftPart[]): void => {
    set(id, { parts });
    clearTimeout(resting.get(id));
    resting.set(id, setTimeout(() => void judge(id), restMs));
  };

  async function judge(id: number): Promise<void> {
    for (const { key } of find(id)?.parts ?? []) await judgePart(id, key);
  }

  /** How a part is learned depends on the largest beside it. */
  async function judgePart(id: number, key: number): Promise<void> {
    const painting = find(id);
    const question = painting && questionOf(painting, key);
    if (!painting?.file || question === undefined || judged.get(key) === JSON.stringify(question)) return;
    const stillAsked = (): boolean => {
      const now = find(id);
      return now !== undefined && JSON.stringify(questionOf(now, key)) === JSON.stringify(question);
    };
    try {
      const { notes } = question.crop ? await studio.ask('teach.judge', { file: painting.file, crop: question.crop, longestPx: question.longestPx }) : (painting.survey ?? { notes: [] });
      if (!stillAsked()) return;
      judged.set(key, JSON.stringify(question));
      set(id, { parts: (find(id)?.parts ?? []).map((part) => (part.key === key ? { ...part, notes } : part)) });
    } catch (thrown) {
      if (stillAsked()) notices.fault(thrown);
    }
  }

  return {
    paintings,
    async add(name, send) {
      const id = ++lastId;
      paintings.value = [...paintings.value, { id, name, parts: [] }];
      try {
        const file = await send();
        const survey = await studio.ask('teach.survey', { file });
        set(id, { file, survey, parts: [partOf(survey.proposed ?? wholeFrame(survey.size))] });
        await judge(id);
      } catch (thrown) {
        set(id, { fault: faultOf(thrown) });
      }
    },
    remove: (id) => void (paintings.value = paintings.value.filter((painting) => painting.id !== id)),
    addPart(id, crop) {
      const painting = find(id);
      if (!painting) return undefined;
      const others = isAll(painting) ? [] : painting.parts;
      if (others.length >= mostCrops) return undefined;
      const part = partOf(crop);
      change(id, [...others, part]);
      return part.key;
    },
    setPart: (id, key, crop) => change(id, (find(id)?.parts ?? []).map((part) => (part.key === key ? { ...part, crop } : part))),
    removePart(id, key) {
      const painting = find(id);
      if (!painting?.survey) return;
      const left = painting.parts.filter((part) => part.key !== key);
      change(id, left.length > 0 ? left : [partOf(wholeFrame(painting.survey.size))]);
    },
    clear: () => void (paintings.value = []),
  };
}

/** What the host is asked of a part; without `crop`: it has said so when it looked at all of the painting. */
function questionOf(painting: DraftPainting, key: number): { readonly crop?: Region; readonly longestPx: number } | undefined {
  const part = painting.parts.find((one) => one.key === key);
  if (!part) return undefined;
  const longestPx = Math.max(...painting.parts.map(({ crop }) => Math.max(crop.width, crop.height)));
  return isAll(painting) ? { longestPx } : { crop: part.crop, longestPx };
}
