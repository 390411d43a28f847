// The artist's own picture in every style that is looked at: rendered small, a few at a time, anew when the picture rests.
import { defineStore } from 'pinia';
import { computed, ref, shallowRef, watch } from 'vue';
import type { Change } from '../../../src-main/contract/changes.ts';
import { rootId, type DocumentRecord, type LayerId } from '../../../src-main/contract/document.ts';
import type { PictureId } from '../../../src-main/contract/studio-records.ts';
import { useVariantRuns } from '../../client/variant-runs-store.ts';
import { useDocument } from '../../document/document-store.ts';
import { newGlaze } from '../../layers/glaze/glaze-changes.ts';
import { useNotices } from '../../shell/notices-store.ts';

const longSidePx = 224;
/** Small batches: what is scrolled into view next does not wait long. */
const batch = 6;
/** The picture rests when nothing has changed for so long. */
const restMs = 2500;

export const useMyPictures = defineStore('myPictures', () => {
  const document = useDocument();
  const runs = useVariantRuns();
  const notices = useNotices();
  const wanted = ref(false);
  const pictures = shallowRef<ReadonlyMap<string, PictureId>>(new Map());
  const visible = shallowRef<ReadonlySet<string>>(new Set());
  /** Styles whose picture shows the document as it is. */
  let fresh = new Set<string>();
  let refused = new Set<string>();
  let state = 0;
  let running = false;
  /** One notice each time the artist asks for it. */
  let hasTold = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const possible = computed(() => document.record !== undefined);

  function show(style: string, isVisible: boolean): void {
    const next = new Set(visible.value);
    if (isVisible) next.add(style);
    else next.delete(style);
    visible.value = next;
    void renderNext();
  }

  async function renderNext(): Promise<void> {
    const { record } = document;
    if (!wanted.value || running || !record || timer !== undefined) return;
    const names = [...visible.value].filter((style) => !fresh.has(style) && !refused.has(style)).slice(0, batch);
    if (names.length === 0) return;
    running = true;
    const started = state;
    try {
      await document.settled();
      const beneath = lowestGlaze(record);
      const items = names.map((style) => newGlaze(style, [{ style, weight: 1 }]).settings);
      const run = await runs.render(
        { document: record.id, longSidePx, meters: false, items, ...(beneath === undefined ? {} : { beneath }) },
        {
          rendered: (index, { picture }) => {
            const style = names[index];
            if (style === undefined || document.record?.id !== record.id) return;
            pictures.value = new Map(pictures.value).set(style, picture);
            if (state === started) fresh.add(style);
          },
          failed: (index) => void refused.add(names[index] ?? ''),
        },
      );
      await run.ended;
      // What came as neither a picture nor a failure is not asked for again.
      if (state === started) names.filter((style) => !fresh.has(style)).forEach((style) => refused.add(style));
    } catch (thrown) {
      names.forEach((style) => refused.add(style)); // The thumbnail of the style stays; the gallery goes on.
      if (!hasTold) notices.fault(thrown);
      hasTold = true;
    } finally {
      running = false;
    }
    void renderNext();
  }

  function startOver(): void {
    timer = undefined;
    fresh = new Set();
    refused = new Set();
    void renderNext();
  }

  function age(): void {
    state++;
    clearTimeout(timer);
    timer = setTimeout(startOver, restMs);
  }

  watch(wanted, () => {
    hasTold = false;
    void renderNext();
  });
  document.onChange((changes, record) => {
    if (changes.some((change) => isSeenBeneath(change, record))) age();
  });
  document.onOpen(() => {
    pictures.value = new Map();
    state++;
    clearTimeout(timer);
    startOver();
  });

  return { wanted, pictures, possible, show };
});

/** The glaze beneath which the picture is still the artist's own. */
function lowestGlaze(record: DocumentRecord): LayerId | undefined {
  const root = record.layers[rootId];
  return root?.kind === 'group' ? root.children.find((id) => record.layers[id]?.kind === 'glaze' && record.layers[id]?.visible) : undefined;
}

/** A glaze's own settings do not change what lies beneath it. */
function isSeenBeneath({ path }: Change, record: DocumentRecord): boolean {
  const [place, id] = path;
  if (place !== 'layers' || id === undefined) return place !== 'name';
  if (id === rootId) return true;
  return record.layers[id]?.kind !== 'glaze' || path[2] === 'visible';
}
