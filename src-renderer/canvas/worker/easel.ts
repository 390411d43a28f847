// Holds the open document's pixels and keeps the screen showing them: what is stale is composited, what is new is drawn.
import type { Change } from '../../../src-main/contract/changes.ts';
import type { AssetId, DocumentRecord, LayerId, Raster } from '../../../src-main/contract/document.ts';
import type { Extent, Region } from '../../../src-main/contract/image.ts';
import type { GlazeTiles } from '../../../src-main/contract/studio-api.ts';
import type { PixelAccess } from '../../../src-main/raster/composite.ts';
import { emptyRegion, isEmpty, overlapOf } from '../../../src-main/raster/region.ts';
import { visibleRegion, type View } from '../viewport.ts';
import type { AssetCache } from './asset-cache.ts';
import type { AssetLine } from './asset-line.ts';
import { changedRegions, paintedBy } from './changed-regions.ts';
import type { CompositeLevels } from './composite-levels.ts';
import { createCompositor, type Compositor, type Scene } from './compositor.ts';
import type { DocumentMirror, Turn } from './document-mirror.ts';
import { createGlazePaint } from './glaze-paint.ts';
import type { LiveStroke } from './live-stroke.ts';
import type { FromWorker, Split } from './protocol.ts';
import { levelFor, type Look, type Picture, type Screen } from './screen.ts';
import { createTimings, type Timings } from './timings.ts';

/** Time of one frame spent on compositing, ms. */
const workMs = 10;
/** The same while the pen is down. */
const strokeWorkMs = 4;
/** Assets asked for ahead. */
const mostWanted = 96;
/** Parts drawn one by one; more are drawn as the whole screen. */
const mostParts = 6;
const tileBytes = 256 * 1024;

export interface Easel {
  readonly record: DocumentRecord | undefined;
  readonly access: PixelAccess;
  readonly timings: Timings;
  readonly waiting: number;
  /** Whether layers of the picture are not shown for the moment. */
  readonly hides: boolean;
  open(record: DocumentRecord | null): void;
  /** Something happened to the record. */
  show(turn: Turn | undefined): void;
  /** These pixels look different. */
  touch(region: Region): void;
  glaze(paint: GlazeTiles): void;
  view(view: View, screen: Extent): void;
  look(look: Look, hidden: readonly LayerId[], split: Split | null): void;
  stroke(live: LiveStroke | undefined): void;
  /** A part of the stroke in hand is new; the pen was there at `atMs` (epoch), where that counts. */
  stroked(region: Region, atMs: number | undefined): void;
  /** Drawn over the picture in document px. */
  over(paint: Picture['over']): void;
  /** Layers that are shown elsewhere, under a transform. */
  hideMoved(layers: readonly LayerId[]): void;
  /** Calls once when what is in sight is as it should be. */
  whenFresh(listener: () => void): void;
  /** Composites all of the document; answers its levels. Throws the host's fault where pixels cannot be read. */
  complete(): Promise<CompositeLevels | undefined>;
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

export function createEasel({ screen, cache, line, mirror, post }: EaselOptions): Easel {
  const glazePaint = createGlazePaint();
  const timings = createTimings();
  let live: LiveStroke | undefined;
  let main: Compositor | undefined;
  let without: Compositor | undefined;
  let view: View = { x: 0, y: 0, zoom: 1, rotation: 0 };
  let look: Look = { checker: ['#888', '#777'], around: '#222' };
  let hidden: ReadonlySet<LayerId> = new Set();
  let split: Split | null = null;
  let over: Picture['over'];
  let isAsked = false;
  let isSoon = false;
  const soon = new MessageChannel();
  soon.port1.onmessage = () => {
    isSoon = false;
    frame();
  };
  let mustDrawAll = true;
  let damage: Region[] = [];
  let told = 0;
  let lookHidden: readonly LayerId[] = [];
  let movedHidden: readonly LayerId[] = [];
  let freshListeners: (() => void)[] = [];

  const access: PixelAccess = {
    raster: (layer) => (layer.kind === 'glaze' ? glazePaint.raster(layer.id) : 'pixels' in layer ? (layer.pixels as Raster) : undefined),
    bytes: (id) => live?.bytes(id) ?? cache.get(id),
  };
  const isHere = (id: AssetId): boolean => cache.has(id) || (live?.bytes(id) !== undefined) || line.isAbsent(id);
  const recordNow = (): DocumentRecord | undefined => live?.record ?? mirror.record;
  const scene = (record: DocumentRecord): Scene => ({ record, access, hidden, composite: live && ((region) => live!.composite(region, access, hidden)) });
  const sceneWithout = (record: DocumentRecord): Scene => ({ record, access, hidden: new Set([...hidden, ...(split ? [split.layer] : [])]) });
  const sight = (compositor: Compositor) => {
    const record = recordNow();
    const region = record ? overlapOf(visibleRegion(view, screen.size), { x: 0, y: 0, width: record.width, height: record.height }) : emptyRegion;
    return { region, level: levelFor(view.zoom, compositor.levels.topLevel) };
  };

  function ask(): void {
    if (isAsked) return;
    isAsked = true;
    requestAnimationFrame(() => {
      isAsked = false;
      frame();
    });
  }

  /** A stroke does not wait for the screen's next turn. */
  function askNow(): void {
    if (isSoon) return;
    isSoon = true;
    soon.port2.postMessage(null);
  }

  function drawAllSoon(): void {
    mustDrawAll = true;
    ask();
  }

  function restart(): void {
    const record = mirror.record;
    main = record && createCompositor(record, isHere);
    without = record && split ? createCompositor(record, isHere) : undefined;
    drawAllSoon();
  }

  function touch(region: Region): void {
    if (isEmpty(region)) return;
    live?.forget();
    main?.stale(region);
    without?.stale(region);
    ask();
  }

  /** Hides what is asked for; what looks different by that is stale. */
  function hide(): void {
    const before = hidden;
    hidden = new Set([...lookHidden, ...movedHidden]);
    const record = recordNow();
    if (!record) return;
    const changed = [...new Set([...before, ...hidden])].filter((id) => before.has(id) !== hidden.has(id));
    for (const id of changed) paintedBy(record, id, access.raster).forEach(touch);
  }

  /** All of the document, a slice at a time. */
  async function complete(): Promise<CompositeLevels | undefined> {
    for (;;) {
      const record = recordNow();
      if (!record || !main) return undefined;
      const all = { region: { x: 0, y: 0, width: record.width, height: record.height }, level: main.levels.topLevel };
      const wanted = main.missing(scene(record), all, 32);
      if (wanted.length > 0) await line.load(wanted);
      damage.push(...main.work(scene(record), all, performance.now() + workMs));
      ask();
      if (main.waiting(all) === 0) return main.levels;
      await new Promise((resolve) => setTimeout(resolve, 0));
      cache.trim();
    }
  }

  /** Composites for a while; false: the rest waits for pixels or there is none. */
  function compose(record: DocumentRecord, untilMs: number): boolean {
    const looks = [...(main ? [{ compositor: main, of: scene(record) }] : []), ...(without ? [{ compositor: without, of: sceneWithout(record) }] : [])];
    const wanted: AssetId[] = [];
    let left = 0;
    let drawn = 0;
    for (const { compositor, of } of looks) {
      const seen = sight(compositor);
      const parts = compositor.work(of, seen, untilMs);
      damage.push(...parts);
      drawn += parts.length;
      const waiting = compositor.waiting(seen);
      left += waiting;
      if (waiting > 0) wanted.push(...compositor.missing(of, seen, mostWanted));
    }
    line.want(wanted);
    tellWaiting(left);
    if (left === 0) freshListeners.splice(0).forEach((listener) => listener());
    return left > 0 && drawn > 0;
  }

  function tellWaiting(left: number): void {
    if ((left === 0) === (told === 0)) return;
    told = left;
    post({ kind: 'busy', waiting: left });
  }

  function draw(): void {
    const record = recordNow();
    const picture: Picture | undefined = record && main && { extent: record, levels: main.levels, left: without && split ? { levels: without.levels, at: split.at } : undefined, ...(over ? { over } : {}) };
    if (mustDrawAll || damage.length > mostParts) screen.draw(picture, view, look);
    else for (const part of damage) screen.draw(picture, view, look, part);
    mustDrawAll = false;
    damage = [];
  }

  function frame(): void {
    const startMs = performance.now();
    const record = recordNow();
    if (record && main) {
      const fresh = timings.takeStroke();
      if (!isEmpty(fresh.region)) damage.push(...main.refresh(scene(record), fresh.region));
      const isBusy = compose(record, startMs + (live ? strokeWorkMs : workMs));
      if (mustDrawAll || damage.length > 0) draw();
      timings.frame(performance.now() - startMs, fresh.atMs);
      if (isBusy) ask();
    } else if (mustDrawAll) draw();
    main?.levels.trim(Math.max(64, Math.floor(cache.budgetBytes / 4 / tileBytes)));
    cache.trim();
  }

  return {
    get record() {
      return recordNow();
    },
    get waiting() {
      return main?.waiting(sight(main)) ?? 0;
    },
    get hides() {
      return hidden.size > 0;
    },
    access,
    timings,
    open: (record) => {
      mirror.open(record);
      line.open(record?.id);
      glazePaint.clear();
      cache.clear();
      live = undefined;
      restart();
    },
    show: (turn) => {
      if (!turn) return;
      if (turn.before.width !== turn.after.width || turn.before.height !== turn.after.height) return restart();
      for (const region of changedRegions(turn.changes as readonly Change[], turn.before, turn.after, access.raster)) touch(region);
      ask();
    },
    touch,
    glaze: (paint) => {
      if (paint.document === mirror.record?.id) touch(glazePaint.apply(paint));
    },
    view: (next, size) => {
      view = next;
      screen.resize(size);
      drawAllSoon();
    },
    look: (next, hiddenNow, splitNow) => {
      look = next;
      lookHidden = hiddenNow;
      hide();
      const record = recordNow();
      if (split?.layer !== splitNow?.layer) without = record && splitNow ? createCompositor(record, isHere) : undefined;
      split = splitNow;
      drawAllSoon();
    },
    stroke: (next) => void (live = next),
    stroked: (region, atMs) => {
      main?.stale(region);
      without?.stale(region);
      timings.stroke(region, atMs);
      askNow();
    },
    over: (paint) => {
      over = paint;
      drawAllSoon();
    },
    hideMoved: (layers) => {
      movedHidden = layers;
      hide();
    },
    whenFresh: (listener) => {
      freshListeners.push(listener);
      ask();
    },
    complete,
    redraw: ask,
  };
}
