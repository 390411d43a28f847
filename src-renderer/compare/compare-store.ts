// The comparison: which two pictures, how they are shown, how far they are from one another.
import { defineStore } from 'pinia';
import { computed, ref, shallowRef, watch } from 'vue';
import { rootId, type DocumentRecord, type LayerOf } from '../../src-main/contract/document.ts';
import { faultOf, type Fault } from '../../src-main/contract/fault.ts';
import { firstState } from '../../src-main/contract/history.ts';
import { chooseTarget, downloadFile } from '../client/files.ts';
import { useHost } from '../client/host-store.ts';
import { uploadBytes } from '../client/upload.ts';
import { useDocument } from '../document/document-store.ts';
import { useStyles } from '../panels/gallery/styles-store.ts';
import { useNotices } from '../shell/notices-store.ts';
import { makePicture, type ComparedPicture } from './compare-pictures.ts';
import { followsDocument, sourceKey, type CompareSource } from './compare-sources.ts';
import { comparisonPicture } from './comparison-picture.ts';
import type { CompareLook, CompareMode } from './draw-comparison.ts';
import { createPictureMeters } from './picture-meters.ts';

export type Side = 'a' | 'b';
const sides: readonly Side[] = ['a', 'b'];

/** Of a comparison that the browser downloads. */
const savedName = 'comparison.png';
/** The picture rests when nothing has changed for so long. */
const restMs = 800;

export const useCompare = defineStore('compare', () => {
  const host = useHost();
  const document = useDocument();
  const notices = useNotices();
  const styles = useStyles();
  const sources = shallowRef<Readonly<Record<Side, CompareSource>>>({ a: { kind: 'state', entry: firstState }, b: { kind: 'present' } });
  const pictures = shallowRef<Readonly<Record<Side, ComparedPicture | undefined>>>({ a: undefined, b: undefined });
  const faults = shallowRef<Readonly<Record<Side, Fault | undefined>>>({ a: undefined, b: undefined });
  const loading = shallowRef<Readonly<Record<Side, boolean>>>({ a: false, b: false });
  const meters = createPictureMeters(host.studio);
  /** Nothing is rendered while nobody looks. */
  const isShown = ref(false);
  const mode = ref<CompareMode>('split');
  const tab = ref<'pair' | 'variants'>('pair');
  const asked: Record<Side, number> = { a: 0, b: 0 };
  const stale = new Set<Side>(['a', 'b']);
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** Until the artist chooses, A is what is most worth a look beside the present picture. */
  let isChosen = false;

  /** Whether the sheet shows the style: its painting is kept. */
  const hasPainting = computed(() => styles.byName.get(uppermostStyle(document.record) ?? '')?.painting !== undefined);
  const isBusy = computed(() => loading.value.a || loading.value.b);

  function choose(side: Side, source: CompareSource): void {
    if (sourceKey(source) === sourceKey(sources.value[side]) && source.kind !== 'file') return;
    isChosen = true;
    sources.value = { ...sources.value, [side]: source };
    stale.add(side);
    refresh();
  }

  function chooseForArtist(): void {
    const a = beforeOf(document.record);
    if (isChosen || sourceKey(a) === sourceKey(sources.value.a)) return;
    sources.value = { ...sources.value, a };
    stale.add('a');
  }

  function swap(): void {
    isChosen = true;
    sources.value = { a: sources.value.b, b: sources.value.a };
    pictures.value = { a: pictures.value.b, b: pictures.value.a };
    faults.value = { a: faults.value.b, b: faults.value.a };
    // What is on its way was asked for the other side.
    const late = sides.filter((side) => stale.has(side) || loading.value[side]);
    for (const side of sides) asked[side] += 1;
    loading.value = { a: false, b: false };
    stale.clear();
    for (const side of late) stale.add(side === 'a' ? 'b' : 'a');
    if (late.length > 0) refresh();
    else void measure();
  }

  function refresh(): void {
    if (!isShown.value) return;
    chooseForArtist();
    for (const side of [...stale]) void load(side);
  }

  async function load(side: Side): Promise<void> {
    stale.delete(side);
    const turn = ++asked[side];
    const still = (isLoading: boolean): void => void (loading.value = { ...loading.value, [side]: isLoading });
    still(true);
    try {
      const loaded = await makePicture({ studio: host.studio, transport: host.transport, document }, sources.value[side]);
      if (turn !== asked[side]) return loaded?.bitmap.close();
      const before = pictures.value[side];
      pictures.value = { ...pictures.value, [side]: loaded };
      if (before && before.bitmap !== pictures.value[side === 'a' ? 'b' : 'a']?.bitmap) before.bitmap.close();
      faults.value = { ...faults.value, [side]: undefined };
      notices.notes(loaded?.notes ?? []);
    } catch (thrown) {
      if (turn === asked[side]) faults.value = { ...faults.value, [side]: faultOf(thrown) };
    } finally {
      if (turn === asked[side]) still(false);
    }
    if (turn === asked[side]) void measure();
  }

  const measure = (): Promise<void> => (isBusy.value ? Promise.resolve() : meters.measure(pictures.value.a?.picture, pictures.value.b?.picture, uppermostStyle(document.record)));

  /** As one picture: what is shown, or before | style | after, without the style where its painting is not kept. */
  async function save(shown: CompareLook | 'sheet'): Promise<void> {
    const { a, b } = pictures.value;
    if (!a || !b) return;
    try {
      // Drawn before anything is asked: what is on screen at the click.
      const drawn = shown === 'sheet' ? undefined : await comparisonPicture({ a: a.bitmap, b: b.bitmap, frame: a.bitmap }, shown).convertToBlob({ type: 'image/png' });
      const target = await chooseTarget(`${document.record?.name ?? 'comparison'}.png`);
      if (!target) return;
      const out = 'out' in target ? { out: target.out } : {};
      const style = uppermostStyle(document.record);
      const file = drawn
        ? await host.studio.ask('pictures.save', { file: await uploadBytes(host.transport, drawn, savedName), name: savedName, ...out })
        : await host.studio.ask('compare.save', { before: a.picture, after: b.picture, ...(style === undefined ? {} : { style }), ...out });
      await downloadFile(host.transport, file);
      notices.tell('compare.saved', { name: file.name });
    } catch (thrown) {
      notices.fault(thrown);
    }
  }

  document.onChange(() => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      for (const side of sides) if (followsDocument(sources.value[side])) stale.add(side);
      refresh();
    }, restMs);
  });
  document.onOpen(() => {
    isChosen = false;
    sources.value = { a: { kind: 'state', entry: firstState }, b: { kind: 'present' } };
    stale.add('a').add('b');
    refresh();
  });
  watch(isShown, refresh);

  return { sources, pictures, faults, loading, isBusy, hasPainting, meters: meters.meters, measuring: meters.measuring, metersFault: meters.metersFault, isShown, mode, tab, choose, swap, save, retry: (side: Side) => void load(side) };
});

/** The picture without its uppermost glaze, or as it was opened where it has none. */
function beforeOf(record: DocumentRecord | undefined): CompareSource {
  const glaze = uppermostGlaze(record);
  return glaze ? { kind: 'without', layer: glaze.id } : { kind: 'state', entry: firstState };
}

function uppermostGlaze(record: DocumentRecord | undefined): LayerOf<'glaze'> | undefined {
  const root = record?.layers[rootId];
  const layers = root?.kind === 'group' ? root.children.map((id) => record?.layers[id]) : [];
  const glaze = layers.findLast((layer) => layer?.kind === 'glaze' && layer.visible);
  return glaze?.kind === 'glaze' ? glaze : undefined;
}

/** The style that B is to resemble: the heaviest of the uppermost glaze. */
function uppermostStyle(record: DocumentRecord | undefined): string | undefined {
  return [...(uppermostGlaze(record)?.settings.styles ?? [])].sort((x, y) => y.weight - x.weight)[0]?.style;
}
