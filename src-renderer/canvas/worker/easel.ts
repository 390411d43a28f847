// Holds the open document's pixels and keeps the screen showing them: what is stale is composited, what is new is drawn.
import type { AssetId, DocumentRecord, LayerId, Raster } from '../../../src-main/contract/document.ts';
import type { Extent, Region } from '../../../src-main/contract/image.ts';
import type { EntryId } from '../../../src-main/contract/history.ts';
import type { GlazeTiles } from '../../../src-main/contract/glaze-tiles.ts';
import type { PixelAccess } from '../../../src-main/raster/composite.ts';
import { emptyRegion, isEmpty, overlapOf } from '../../../src-main/raster/region.ts';
import { placesIn } from '../../../src-main/raster/tiles.ts';
import { visibleRegion, type View } from '../viewport.ts';
import type { AssetCache } from './asset-cache.ts';
import type { AssetLine } from './asset-line.ts';
import { createBackdrops, type Backdrops } from './backdrops.ts';
import { changedRegions, wholeOf } from './changed-regions.ts';
import { completeComposite } from './complete-composite.ts';
import type { CompositeLevels } from './composite-levels.ts';
import type { DocumentMirror, Turn } from './document-mirror.ts';
import { createGlazePaint, type GlazePaint } from './glaze-paint.ts';
import type { LiveStroke } from './live-stroke.ts';
import { createLooks, type Looks } from './looks.ts';
import { createMeansCache, type MeansCache } from './means-cache.ts';
import { createPaintFade } from './paint-fade.ts';
import { glazesInSight, type PaintSight } from './paint-sight.ts';
import type { FromWorker, Split } from './protocol.ts';
import type { Look, Picture, Screen } from './screen.ts';
import { createPenPace } from './pen-pace.ts';
import { referencedAssets } from './referenced-assets.ts';
import { createScreenDamage } from './screen-damage.ts';
import { createTimings, type Timings } from './timings.ts';
import { createWetStrokes, type LiftedPaint, type WetPaint } from './wet-strokes.ts';

const tileBytes = 256 * 1024;
/** Tiles of the composite at full size that are kept whatever the memory. */
const leastTiles = 64;
/** Of the memory for tiles, as much again for their means. */
const meansShare = 1 / 6;

export interface Easel {
  readonly record: DocumentRecord | undefined;
  readonly access: PixelAccess;
  readonly glazePaint: GlazePaint;
  /** Kept for the layer that strokes are painted on. */
  readonly backdrops: Backdrops;
  readonly timings: Timings;
  readonly means: MeansCache;
  readonly waiting: number;
  /** Whether layers of the picture are not shown for the moment. */
  readonly hides: boolean;
  /** Whether the pen is down: what is not asked for by it can wait. */
  readonly strokes: boolean;
  /** `state`: of its history. */
  open(record: DocumentRecord | null, state: EntryId): void;
  /** As of PaintFade. */
  showFirst(picture: ImageBitmap): void;
  /** Something happened to the record; `dropped`: a step made here that will not be. */
  show(turn: Turn | undefined, dropped?: number): void;
  /** The record is that of a state of the history; `step`: made here, which led there. */
  reached(state: EntryId, step?: number): void;
  /** These pixels look different. */
  touch(region: Region): void;
  glaze(paint: GlazeTiles): void;
  view(view: View, screen: Extent): void;
  /** `still`: paint never fades. */
  look(look: Look & { readonly still: boolean }, hidden: readonly LayerId[], split: Split | null): void;
  stroke(live: LiveStroke | undefined): void;
  /** The stroke in hand comes into the document as a step. */
  strokeDone(step: number | undefined): void;
  /** What a step made here, or a change that is told, has changed (and marked as stale) shows through the glazes above it until they have painted it. */
  showThrough(paint: WetPaint, step?: number): void;
  /** Layers, or what of them is selected, are shown elsewhere: what lies beneath shows in their place. */
  lift(lifted: LiftedPaint | undefined): void;
  /** The pen was somewhere at `atMs` (epoch): `paint` answers what looks different, and is called once however many points have come till then. */
  penned(paint: () => readonly Region[], atMs: number): void;
  /** Parts of the stroke in hand are new. */
  stroked(parts: readonly Region[]): void;
  /** Drawn over the picture in document px. */
  over(paint: Picture['over']): void;
  /** Layers that are shown elsewhere, under a transform. */
  hideMoved(layers: readonly LayerId[]): void;
  /** Calls once when what is in sight is as it should be. */
  whenFresh(listener: () => void): void;
  /** Composites all of the document; answers its levels. Throws the host's fault where pixels cannot be read. */
  complete(): Promise<CompositeLevels | undefined>;
  /** Forgets tiles of other states of the document: they can be read again. */
  sweep(): void;
  /** Draws again soon. */
  redraw(): void;
}

export interface EaselOptions {
  readonly screen: Screen;
  readonly cache: AssetCache;
  readonly line: AssetLine;
  readonly mirror: DocumentMirror;
  post(message: FromWorker): void;
}

/** Turns of drawing: at the screen's next turn, or as soon as nothing else waits. */
function createTurns(frame: () => void): { ask(): void; askNow(): void } {
  let isAsked = false;
  let isSoon = false;
  const soon = new MessageChannel();
  soon.port1.onmessage = () => {
    isSoon = false;
    frame();
  };
  return {
    ask: () => {
      if (isAsked) return;
      isAsked = true;
      requestAnimationFrame(() => {
        isAsked = false;
        frame();
      });
    },
    askNow: () => {
      if (isSoon) return;
      isSoon = true;
      soon.port2.postMessage(null);
    },
  };
}

/** Tiles of the stroke in hand go before those in memory. */
function createAccess(cache: AssetCache, means: MeansCache, glazePaint: GlazePaint, liveBytes: PixelAccess['bytes']): PixelAccess {
  return {
    means,
    raster: (layer) => (layer.kind === 'glaze' ? glazePaint.raster(layer.id) : 'pixels' in layer ? (layer.pixels as Raster) : undefined),
    bytes: (id) => liveBytes(id) ?? cache.get(id),
  };
}

/** To the budget of the cache. */
function trimAll(levels: CompositeLevels | undefined, cache: AssetCache, means: MeansCache): void {
  levels?.trim(Math.max(leastTiles, Math.floor(cache.budgetBytes / 4 / tileBytes)));
  cache.trim();
  means.trim(cache.budgetBytes * meansShare);
}

function sightOf(record: DocumentRecord | undefined, looks: Looks, { raster }: GlazePaint, view: View, screen: Extent): PaintSight {
  const region = record ? overlapOf(visibleRegion(view, screen), wholeOf(record)) : emptyRegion;
  return {
    places: placesIn({ x: 0, y: 0 }, region).map(({ place }) => place),
    isFresh: !record || looks.waiting(record, view, screen) === 0,
    hasPaint: (layer, place) => raster(layer)?.tiles[place] !== undefined,
    glazes: () => (record ? glazesInSight(record) : []),
  };
}

export function createEasel({ screen, cache, line, mirror, post }: EaselOptions): Easel {
  const glazePaint = createGlazePaint();
  const timings = createTimings();
  let live: LiveStroke | undefined;
  let view: View = { x: 0, y: 0, zoom: 1, rotation: 0 };
  let look: Look = { checker: ['#888', '#777'], around: '#222' };
  let over: Picture['over'];
  const damage = createScreenDamage(screen);
  let wasWaiting = false;
  const freshListeners: (() => void)[] = [];
  let toPaint: { readonly paint: () => readonly Region[]; readonly atMs: number } | undefined;
  /** Changed while a stroke was in hand, which shows the document as it was before. */
  let changedMeanwhile: Region[] = [];

  const liveBytes = (id: AssetId): Uint8Array | undefined => live?.bytes(id);
  const means = createMeansCache((id) => liveBytes(id) === undefined);
  const access = createAccess(cache, means, glazePaint, liveBytes);
  const isHere = (id: AssetId): boolean => cache.has(id) || liveBytes(id) !== undefined || line.isAbsent(id);
  const [backdrops, wet] = [createBackdrops(isHere), createWetStrokes()];
  const looks = createLooks(access, isHere, wet);
  const { ask, askNow } = createTurns(frame);
  const pace = createPenPace(ask);
  const fade = createPaintFade({ copy: () => (draw(recordNow()), screen.copy()), sight: () => sightOf(recordNow(), looks, glazePaint, view, screen.size), ask, drawAll: drawAllSoon });
  const recordNow = (): DocumentRecord | undefined => live?.record ?? mirror.record;

  function drawAllSoon(): void {
    damage.all();
    ask();
  }

  function restart(): void {
    fade.end();
    backdrops.clear();
    changedMeanwhile = [];
    looks.restart(mirror.record);
    drawAllSoon();
  }

  function touch(region: Region): void {
    if (isEmpty(region)) return;
    backdrops.stale(region);
    looks.stale(region);
    ask();
  }

  function endStroke(): void {
    live = undefined;
    if (changedMeanwhile.length > 0) backdrops.clear();
    changedMeanwhile.splice(0).forEach(touch);
  }

  function drew(parts: readonly Region[]): void {
    damage.add(...parts);
    ask();
  }

  /** Composites for a while; false: the rest waits for pixels or there is none. */
  function compose(record: DocumentRecord, untilMs: number): boolean {
    const { drawn, wanted, waiting } = looks.work(record, live, view, screen.size, untilMs, pace.hurries());
    damage.add(...drawn);
    line.want(wanted);
    if (waiting > 0 !== wasWaiting) post({ kind: 'busy', waiting });
    wasWaiting = waiting > 0;
    if (!wasWaiting) freshListeners.splice(0).forEach((listener) => listener());
    return waiting > 0 && drawn.length > 0;
  }

  function draw(record: DocumentRecord | undefined): void {
    const { levels, left } = looks;
    const picture: Picture | undefined = record && levels && { extent: record, levels, left, veil: fade.veil, first: fade.first, ...(over ? { over } : {}) };
    damage.draw(picture, view, look);
  }

  function stroked(parts: readonly Region[], atMs?: number): void {
    pace.moved();
    if (parts.length === 0) return;
    looks.stroked(parts);
    timings.stroke(parts, atMs);
  }

  function paintPen(): void {
    const now = toPaint;
    toPaint = undefined;
    if (now) stroked(now.paint(), now.atMs);
  }

  function frame(): void {
    const startMs = performance.now();
    paintPen();
    const record = recordNow();
    if (!record) return damage.isThere ? draw(undefined) : undefined;
    const fresh = timings.takeStroke();
    if (fresh.parts.length > 0) damage.add(looks.refresh(record, live, view, fresh.parts));
    const isBusy = !pace.moves(live !== undefined) && compose(record, performance.now() + pace.budgetMs(live !== undefined));
    fade.turn();
    if (damage.isThere) draw(record);
    timings.frame(performance.now() - startMs, fresh.atMs);
    if (isBusy) (live ? ask : askNow)(); // Between the turns the pen is heard.
    trimAll(looks.levels, cache, means);
  }

  return {
    get record() {
      return recordNow();
    },
    get waiting() {
      const record = recordNow();
      return record ? looks.waiting(record, view, screen.size) : 0;
    },
    get hides() {
      return looks.hides;
    },
    get strokes() {
      return live !== undefined;
    },
    access, glazePaint, backdrops, timings, means, showFirst: fade.showFirst,
    open: (record, state) => {
      mirror.open(record);
      line.open(record?.id);
      glazePaint.clear();
      wet.clear(state);
      cache.clear();
      means.clear();
      live = undefined;
      restart();
    },
    show: (turn, dropped) => {
      if (dropped !== undefined) wet.drop(dropped).forEach(touch);
      if (!turn) return;
      fade.change(turn.changes);
      if (turn.before.width !== turn.after.width || turn.before.height !== turn.after.height) return restart();
      for (const region of changedRegions(turn.changes, turn.before, turn.after, access.raster)) {
        if (live) changedMeanwhile.push(region);
        touch(region);
      }
      ask();
    },
    reached: (state, step) => wet.reach(state, step),
    touch,
    glaze: (paint) => {
      const { record } = mirror;
      if (!record || paint.document !== record.id) return;
      fade.told(paint);
      touch(glazePaint.apply(paint, record.depth));
      wet.dry(paint).forEach(touch);
    },
    view: (next, size) => {
      view = next;
      fade.lookAway();
      pace.moved();
      screen.resize(size);
      drawAllSoon();
    },
    look: (next, hidden, split) => {
      look = next;
      fade.end(next.still);
      looks.hide(recordNow(), 'look', hidden);
      looks.split(recordNow(), split);
      drawAllSoon();
    },
    stroke: (next) => {
      fade.end();
      if (next) live = next;
      else endStroke();
    },
    strokeDone: (step) => {
      if (live) {
        frame(); // Its end is composited as the rest of it was, over what is kept of the layers around it.
        if (step !== undefined) wet.keep(live, step);
      }
      endStroke();
    },
    showThrough: wet.keep,
    lift: (lifted) => wet.lift(lifted).forEach(touch),
    penned: (paint, atMs) => {
      toPaint ??= { paint, atMs };
      askNow();
    },
    stroked: (parts) => {
      stroked(parts, toPaint?.atMs); // What was to be painted is among them.
      toPaint = undefined;
      askNow();
    },
    over: (paint) => {
      over = paint;
      fade.end();
      drawAllSoon();
    },
    hideMoved: (layers) => {
      looks.hide(recordNow(), 'moved', layers);
      ask();
    },
    whenFresh: (listener) => {
      freshListeners.push(listener);
      ask();
    },
    complete: () => completeComposite({ looks, line, cache, waits: () => live !== undefined || !pace.rests(), record: recordNow, budgetMs: () => pace.budgetMs(false), drew }),
    sweep: () => {
      if (!mirror.record || live) return;
      const referenced = referencedAssets(mirror.record, glazePaint.all());
      cache.keepOnly(referenced);
      means.keepOnly(referenced);
      backdrops.clear();
    },
    redraw: ask,
  };
}
