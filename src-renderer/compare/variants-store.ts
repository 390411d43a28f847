// Variants of a glaze: what is to be tried, the grid of results, taking and refusing them.
import { defineStore } from 'pinia';
import { computed, ref, shallowRef, watch } from 'vue';
import { preparationSettings, rootId, type DocumentRecord, type GlazeSettings, type LayerId } from '../../src-main/contract/document.ts';
import { faultOf, type Fault } from '../../src-main/contract/fault.ts';
import type { JobState, PictureId, VariantMeters } from '../../src-main/contract/studio-records.ts';
import { useHost } from '../client/host-store.ts';
import { useVariantRuns } from '../client/variant-runs-store.ts';
import type { VariantRun, VariantWatch } from '../client/variant-runs.ts';
import { useDocument } from '../document/document-store.ts';
import { useLibrary } from '../document/library-store.ts';
import { shownNames } from '../document/made-names.ts';
import { glazeOf, settingsInstead } from '../layers/glaze/glaze-changes.ts';
import { useGlazes } from '../layers/glaze/glazes-store.ts';
import { isThere, placeSeen, repaintersOf, seenAt, variantPlace, type StylePlace } from '../layers/glaze/style-place.ts';
import { languageNow } from '../locales/words.ts';
import { useStyles } from '../panels/gallery/styles-store.ts';
import { useNotices } from '../shell/notices-store.ts';
import { mostVariants, orderVariants, planOf, variantItems, type VariantOrder, type VariantPlan } from './variant-plan.ts';

export interface VariantCell {
  readonly index: number;
  readonly settings: GlazeSettings;
  readonly picture?: PictureId;
  readonly meters?: VariantMeters | undefined;
  readonly fault?: Fault;
  readonly verdict?: 'taken' | 'refused';
}

/** Long side of a variant in px: large enough to judge strokes by. */
const longSidePx = 640;
const nothingPlanned: VariantPlan = { styles: [], strengths: [1], strokes: [100], seeds: [1] };
/** Seconds a variant takes until one has been timed. */
const secondsAtFirst = 2;

const namesOf = (styles: GlazeSettings['styles']): string => styles.map(({ style }) => style).join(' ');

/** Whether a glaze of the document paints as a variant did. */
function isGlazed(record: DocumentRecord | undefined, { styles, strength, strokePercent, seed }: GlazeSettings): boolean {
  return Object.values(record?.layers ?? {}).some(
    (layer) => layer.kind === 'glaze' && namesOf(layer.settings.styles) === namesOf(styles) && layer.settings.strength === strength && layer.settings.strokePercent === strokePercent && layer.settings.seed === seed,
  );
}

export const useVariants = defineStore('variants', () => {
  const host = useHost();
  const document = useDocument();
  const library = useLibrary();
  const glazes = useGlazes();
  const runs = useVariantRuns();
  const notices = useNotices();
  const styles = useStyles();
  const plan = shallowRef<VariantPlan>(nothingPlanned);
  /** The artist has begun to plan: until then the plan is what is seen. */
  let isOwn = false;
  const cells = shallowRef<readonly VariantCell[]>([]);
  const order = ref<VariantOrder>('plan');
  const state = ref<'idle' | 'running' | 'done' | 'cancelled'>('idle');
  const fault = shallowRef<Fault>();
  const secondsLeft = ref<number>();
  /** As measured in the last run. */
  const secondsEach = ref(secondsAtFirst);
  let run: Pick<VariantRun, 'cancel'> | undefined;
  /** Cancelled before the host has said which run it is. */
  let isLeft = false;
  /** Counts the grids. */
  let turn = 0;
  let startedMs = 0;
  /** Where the variants were tried. */
  let target: StylePlace = {};
  /** The glaze that one of them has become; the next takes its place. */
  let taken: LayerId | undefined;
  /** Document that the grid is of. */
  let of: string | undefined;

  const place = computed(() => (document.record ? variantPlace(document.record, document.chosen) : {}));
  /** Of the glaze that becomes what is taken. */
  const settings = computed(() => glazeOf(document.record, place.value.glaze)?.settings);
  const items = computed(() => variantItems(plan.value, settings.value));
  const count = computed(() => items.value.length);
  const isTooMany = computed(() => count.value > mostVariants);
  const estimate = computed(() => count.value * secondsEach.value);
  /** One that was taken and is there no more, undone or replaced, is marked no more. */
  const marked = computed(() => cells.value.map(({ verdict, ...cell }): VariantCell => (verdict === undefined || (verdict === 'taken' && !isGlazed(document.record, cell.settings)) ? cell : { ...cell, verdict })));
  const ordered = computed(() => orderVariants(marked.value, order.value));
  const doneCount = computed(() => cells.value.filter(({ picture, fault: failed }) => picture || failed).length);

  function vary(changes: Partial<VariantPlan>): void {
    isOwn = true;
    plan.value = { ...plan.value, ...changes };
  }

  function addStyle(style: string): void {
    if (!plan.value.styles.includes(style)) vary({ styles: [...plan.value.styles, style] });
  }

  watch(
    settings,
    (seen) => {
      if (!isOwn) plan.value = seen ? planOf(seen) : nothingPlanned;
    },
    { immediate: true },
  );

  const setCell = (index: number, changes: Partial<VariantCell>): void => {
    cells.value = cells.value.map((cell) => (cell.index === index ? { ...cell, ...changes } : cell));
  };

  async function start(): Promise<void> {
    const { record } = document;
    if (!record || state.value === 'running' || count.value === 0 || isTooMany.value) return;
    const wanted = items.value;
    setTarget(place.value);
    of = record.id;
    const watch = newGrid(wanted);
    const mine = turn;
    [run, isLeft] = [undefined, false];
    try {
      await document.settled();
      const begun = await runs.render({ document: record.id, longSidePx, meters: true, items: wanted, ...seenAt(target) }, watch);
      if (mine === turn) run = begun;
      if (mine !== turn || isLeft) await begun.cancel();
    } catch (thrown) {
      if (mine !== turn) return;
      fault.value = faultOf(thrown);
      state.value = 'done';
    }
  }

  function setTarget(tried: StylePlace): void {
    [target, taken] = [tried, undefined];
  }

  /** An empty grid, and who fills it. */
  function newGrid(wanted: readonly GlazeSettings[]): VariantWatch {
    cells.value = wanted.map((settings, index) => ({ index, settings }));
    [state.value, fault.value, secondsLeft.value] = ['running', undefined, wanted.length * secondsEach.value];
    startedMs = performance.now();
    const mine = ++turn;
    /** An earlier run that is painted again from the list of jobs has no grid any more. */
    const isShown = (): boolean => mine === turn;
    return {
      rendered(index, { picture, meters }) {
        if (!isShown()) return;
        setCell(index, { picture, meters });
        secondsEach.value = (performance.now() - startedMs) / 1000 / Math.max(1, doneCount.value);
      },
      failed: (index, why) => isShown() && setCell(index, { fault: why }),
      progress: (job) => isShown() && follow(job),
    };
  }

  /** Variants that were interrupted when the program ended, over their own document. False where that cannot be opened. */
  async function again({ id, variants, details }: JobState): Promise<boolean> {
    if (!variants) return false;
    await library.reopened();
    if (document.record?.id !== variants.document && !(await library.open(variants.document, String(details['name'] ?? '')))) return false;
    setTarget(placeSeen(variants));
    of = variants.document;
    run = runs.follow(id, newGrid(variants.items));
    await host.studio.ask('jobs.retry', { job: id });
    return true;
  }

  function follow({ state: now, secondsLeft: left, fault: why }: JobState): void {
    const isGoing = now === 'waiting' || now === 'running';
    if (isGoing && state.value !== 'running') {
      cells.value = cells.value.map(({ index, settings }) => ({ index, settings }));
      startedMs = performance.now();
    }
    secondsLeft.value = left;
    state.value = isGoing ? 'running' : now === 'cancelled' ? 'cancelled' : 'done';
    fault.value = why;
  }

  async function cancel(): Promise<void> {
    if (state.value !== 'running') return;
    isLeft = true;
    await run?.cancel().catch(notices.fault);
  }

  /** Where the one before it went, else where it was tried, else where it would be tried now. */
  const placeOfTaken = (record: DocumentRecord): StylePlace => [...(taken === undefined ? [] : [{ glaze: taken }]), target].find((tried) => isThere(record, tried)) ?? variantPlace(record, document.chosen);

  /** As one step of history; told is where it went, and what paints over it all the same. */
  function take(cell: VariantCell): void {
    const { record } = document;
    const style = cell.settings.styles[0]?.style;
    if (!record || style === undefined) return;
    const settings = { ...cell.settings, ...preparationSettings(cell.settings) };
    const { glaze, above } = placeOfTaken(record);
    const own = glazeOf(record, glaze);
    const { styles, ...others } = settings;
    const now = own ? own.id : glazes.addGlaze(style, { above: above ?? rootId, settings: others, mix: styles });
    if (now === undefined) return;
    if (own) glazes.change(own.id, 'glaze.variant', settingsInstead(own.settings, settings), { style: glazes.styleTitle(style) });
    [taken, document.chosen] = [now, [now]];
    judge(cell, 'taken');
    tellPlace(own ? 'variants.wentInto' : above === undefined ? 'variants.wentOnTop' : 'variants.wentAbove', { glaze: own?.id ?? now, above });
  }

  function tellPlace(words: string, { glaze, above }: StylePlace & { readonly glaze: LayerId }): void {
    const { record } = document;
    if (!record) return;
    const nameOf = (id: LayerId | undefined): string => shownNames(languageNow(), styles.list)(record.layers[id ?? '']?.name ?? '');
    const [over] = repaintersOf(record, glaze).reverse();
    const details = { glaze: nameOf(glaze), layer: nameOf(above) };
    if (over) notices.tell(`${words}Beneath`, { ...details, over: nameOf(over.id) });
    else notices.tell(words, details);
  }

  function judge(cell: VariantCell, verdict: 'taken' | 'refused'): void {
    setCell(cell.index, { verdict });
    if (document.record) host.studio.ask('variants.judge', { document: document.record.id, settings: cell.settings, verdict }).catch(notices.fault);
  }

  document.onOpen(() => {
    if (library.isReopening(of)) return; // It is the same document, before long.
    of = undefined;
    void cancel();
    turn++;
    isOwn = false;
    plan.value = settings.value ? planOf(settings.value) : nothingPlanned;
    cells.value = [];
    state.value = 'idle';
    setTarget({});
  });

  return {
    plan, place, cells: ordered, order, state, fault, secondsLeft, count, isTooMany, estimate, doneCount, vary, addStyle, start, again, cancel, take,
    refuse: (cell: VariantCell) => judge(cell, 'refused'),
  };
});
