// The artist's own picture in every style that is looked at: rendered small, a few at a time, anew when the picture rests.
import { defineStore } from 'pinia';
import { computed, ref, shallowRef, watch } from 'vue';
import type { Change } from '../../../src-main/contract/changes.ts';
import type { LayerId } from '../../../src-main/contract/document.ts';
import type { PictureId } from '../../../src-main/contract/studio-records.ts';
import { useVariantRuns } from '../../client/variant-runs-store.ts';
import { useDocument } from '../../document/document-store.ts';
import { useGlazes } from '../../layers/glaze/glazes-store.ts';
import { seenAt, settingsAt, stylePlace } from '../../layers/glaze/style-place.ts';
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
  const glazes = useGlazes();
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
      const place = stylePlace(record, document.chosen);
      const items = names.map((style) => settingsAt(record, place, glazes.named(style)));
      const run = await runs.render(
        { document: record.id, longSidePx, meters: false, items, ...seenAt(place) },
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
  const placeNow = (): string => (document.record ? JSON.stringify(stylePlace(document.record, document.chosen)) : '');
  watch(placeNow, age);
  document.onChange((changes, record) => {
    const { glaze } = stylePlace(record, document.chosen);
    if (changes.some((change) => isSeen(change, glaze))) age();
  });
  document.onOpen(() => {
    pictures.value = new Map();
    state++;
    clearTimeout(timer);
    startOver();
  });

  return { wanted, pictures, possible, show };
});

/** What of the glaze in hand does not show in a picture of what it sees in another style. */
const unseen: ReadonlySet<string> = new Set(['settings/styles', 'settings/pad', 'statistics', 'statisticsLocked', 'name', 'opacity', 'blend', 'mask']);

function isSeen({ path: [place, id, ...rest] }: Change, glaze: LayerId | undefined): boolean {
  if (place !== 'layers') return place !== 'name';
  return id !== glaze || !(unseen.has(rest[0] ?? '') || unseen.has(rest.slice(0, 2).join('/')));
}
