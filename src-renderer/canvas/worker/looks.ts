// The looks at the document that the screen shows: the picture, and beside a split the picture without a layer.
import type { AssetId, DocumentRecord, LayerId } from '../../../src-main/contract/document.ts';
import type { Extent, Region } from '../../../src-main/contract/image.ts';
import { compositeGroup, type PixelAccess } from '../../../src-main/raster/composite.ts';
import { emptyRegion, overlapOf } from '../../../src-main/raster/region.ts';
import type { Surface } from '../../../src-main/raster/surface.ts';
import { visibleRegion, type View } from '../viewport.ts';
import { paintedBy } from './changed-regions.ts';
import type { CompositeLevels } from './composite-levels.ts';
import { createCompositor, type Compositor, type Scene } from './compositor.ts';
import type { LiveStroke } from './live-stroke.ts';
import type { Split } from './protocol.ts';
import { levelFor } from './screen.ts';
import type { WetStrokes } from './wet-strokes.ts';

/** Assets asked for ahead. */
const mostWanted = 96;

/** What was drawn in one go, and what could not be. */
export interface LooksTurn {
  readonly drawn: readonly Region[];
  readonly wanted: readonly AssetId[];
  readonly waiting: number;
}

export interface Looks {
  /** Of the picture; undefined where no document is open. */
  readonly levels: CompositeLevels | undefined;
  readonly left: { readonly levels: CompositeLevels; readonly at: number } | undefined;
  readonly hides: boolean;
  /** Starts anew with a document of another size, or none. */
  restart(record: DocumentRecord | undefined): void;
  stale(region: Region): void;
  /** Layers not shown: for the moment, and while they are shown elsewhere under a transform. */
  hide(record: DocumentRecord | undefined, kind: 'look' | 'moved', layers: readonly LayerId[]): void;
  split(record: DocumentRecord | undefined, split: Split | null): void;
  /** Parts of a stroke: `refresh` draws them into the picture, the look without a layer follows later. */
  stroked(parts: readonly Region[]): void;
  /** Composites parts at once, at the level in sight, as far as their tiles are in memory; answers what holds all that was drawn. */
  refresh(record: DocumentRecord, live: LiveStroke | undefined, view: View, parts: readonly Region[]): Region;
  /** Composites what is in sight until the time is up; `hurried`: what looks about right from afar stays as it is. */
  work(record: DocumentRecord, live: LiveStroke | undefined, view: View, screen: Extent, untilMs: number, hurried: boolean): LooksTurn;
  /** The same for all of the document, whatever is in sight. */
  workAll(record: DocumentRecord, live: LiveStroke | undefined, untilMs: number): LooksTurn;
  waiting(record: DocumentRecord, view: View, screen: Extent): number;
}

export function createLooks(access: PixelAccess, isHere: (id: AssetId) => boolean, wet: WetStrokes): Looks {
  let main: Compositor | undefined;
  let without: Compositor | undefined;
  let split: Split | null = null;
  const hiddenBy = { look: [] as readonly LayerId[], moved: [] as readonly LayerId[] };
  let hidden: ReadonlySet<LayerId> = new Set();

  const sceneOf = (record: DocumentRecord, live: LiveStroke | undefined): Scene => {
    const quick = live && ((region: Region, shrink: number) => live.composite(region, access, hidden, shrink));
    if (!wet.isWet(live)) return { record, access, hidden, composite: quick };
    const plain = (region: Region, shrink: number): Surface => compositeGroup(record, region, access, { hidden, shrink });
    return { record, access, hidden, composite: (region, shrink) => wet.over((quick ?? plain)(region, shrink), record, access, hidden, live, shrink) };
  };
  const sceneWithout = (record: DocumentRecord): Scene => ({ record, access, hidden: new Set([...hidden, ...(split ? [split.layer] : [])]) });

  function sight(compositor: Compositor, { width, height }: DocumentRecord, view: View, screen: Extent) {
    return { region: overlapOf(visibleRegion(view, screen), { x: 0, y: 0, width, height }), level: levelFor(view.zoom, compositor.levels.topLevel) };
  }

  function stale(region: Region): void {
    main?.stale(region);
    without?.stale(region);
  }

  return {
    get levels() {
      return main?.levels;
    },
    get left() {
      return without && split ? { levels: without.levels, at: split.at } : undefined;
    },
    get hides() {
      return hidden.size > 0;
    },
    restart: (record) => {
      main = record && createCompositor(record, isHere);
      without = record && split ? createCompositor(record, isHere) : undefined;
    },
    stale,
    hide: (record, kind, layers) => {
      const before = hidden;
      hiddenBy[kind] = layers;
      hidden = new Set([...hiddenBy.look, ...hiddenBy.moved]);
      const changed = [...before, ...hidden].filter((id) => before.has(id) !== hidden.has(id));
      if (record) for (const id of new Set(changed)) paintedBy(record, id, access.raster).forEach(stale);
    },
    split: (record, next) => {
      if (split?.layer !== next?.layer) without = record && next ? createCompositor(record, isHere) : undefined;
      split = next;
    },
    stroked: (parts) => parts.forEach((part) => without?.stale(part)),
    refresh: (record, live, view, parts) => main?.refresh(sceneOf(record, live), parts, levelFor(view.zoom, main.levels.topLevel)) ?? emptyRegion,
    work: (record, live, view, screen, untilMs, hurried) => {
      const drawn: Region[] = [];
      const wanted: AssetId[] = [];
      let waiting = 0;
      for (const compositor of [main, without]) {
        if (!compositor) continue;
        const scene = compositor === main ? sceneOf(record, live) : sceneWithout(record);
        const seen = { ...sight(compositor, record, view, screen), hurried };
        drawn.push(...compositor.work(scene, seen, untilMs));
        const left = compositor.waiting(seen);
        waiting += left;
        if (left > 0) wanted.push(...compositor.missing(scene, seen, mostWanted));
      }
      return { drawn, wanted, waiting };
    },
    workAll: (record, live, untilMs) => {
      if (!main) return { drawn: [], wanted: [], waiting: 0 };
      const scene = sceneOf(record, live);
      const all = { region: { x: 0, y: 0, width: record.width, height: record.height }, level: main.levels.topLevel, unseen: true };
      const drawn = main.work(scene, all, untilMs);
      return { drawn, wanted: main.missing(scene, all, mostWanted), waiting: main.waiting(all) };
    },
    waiting: (record, view, screen) => (main ? main.waiting(sight(main, record, view, screen)) : 0),
  };
}
