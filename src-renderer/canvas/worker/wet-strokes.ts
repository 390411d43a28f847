// What glazes have not painted yet: strokes and moved pixels beneath them, shown as they are until paint of them has come, and what is lifted off.
import { rootId, type DocumentRecord, type Layer, type LayerId } from '../../../src-main/contract/document.ts';
import type { Region } from '../../../src-main/contract/image.ts';
import type { EntryId } from '../../../src-main/contract/history.ts';
import type { GlazeTiles } from '../../../src-main/contract/glaze-tiles.ts';
import { clippingBase, parentOf, stretchOf } from '../../../src-main/raster/clipping-group.ts';
import { compositeGroup, type PixelAccess } from '../../../src-main/raster/composite.ts';
import type { CoverageOf } from '../../../src-main/raster/coverage.ts';
import { addShrunk, spreadRegion } from '../../../src-main/raster/shrunk.ts';
import type { Surface } from '../../../src-main/raster/surface.ts';
import { overlapOf } from '../../../src-main/raster/region.ts';
import { placesIn } from '../../../src-main/raster/tiles.ts';

/** What of a stroke shows through. */
export interface WetPaint {
  readonly coverage: CoverageOf;
  /** Glazes that restyle it. */
  readonly glazes: ReadonlySet<LayerId>;
  region(): Region;
}

/** Layers under a transform that is not made yet. */
export interface LiftedPaint extends WetPaint {
  readonly layers: ReadonlySet<LayerId>;
}

export interface WetStrokes {
  /** A stroke is in the document now: by a step made here that is still to be told, or by the change that was told last. */
  keep(paint: WetPaint, step?: number): void;
  /** What is covered is shown without these layers and the glazes above; answers where that was and is. */
  lift(lifted: LiftedPaint | undefined): Region[];
  /** The document is at a state of its history; `step`: the one that led there, where it was made here. */
  reach(state: EntryId, step?: number): void;
  /** A step will not be; answers where its stroke no longer shows through. */
  drop(step: number): Region[];
  /** New paint of a glaze has come; answers where strokes no longer show through, since all glazes above have painted them. */
  dry(paint: Pick<GlazeTiles, 'layer' | 'state' | 'painted' | 'atRest'>): Region[];
  /** Another document, at a state of its history. */
  clear(state: EntryId): void;
  /** Whether something shows through. */
  isWet(live: WetPaint | undefined): boolean;
  /** Lays what is wet over a composite, whose px are squares of `shrink` px. */
  over(surface: Surface, record: DocumentRecord, access: PixelAccess, hidden: ReadonlySet<LayerId>, live: WetPaint | undefined, shrink?: number): Surface;
}

const grid = { x: 0, y: 0 };

/** Visible glazes that restyle a layer. */
export function glazesAbove(record: DocumentRecord, layer: LayerId): ReadonlySet<LayerId> {
  const found = new Set<LayerId>();
  for (let at = layer; at !== rootId; at = parentOf(record, at)) {
    for (const { base, clipped } of stretchOf(record, { above: clippingBase(record, at) })) {
      if (isSeen(base)) for (const layer of [base, ...clipped]) if (layer.kind === 'glaze' && isSeen(layer)) found.add(layer.id);
    }
  }
  return found;
}

/** What is not seen is not painted either. */
function isSeen(layer: Pick<Layer, 'visible' | 'opacity'> | undefined): boolean {
  return layer !== undefined && layer.visible && layer.opacity > 0;
}

/** A tile of a stroke that is still wet. */
interface WetTile {
  readonly region: Region;
  /** Glazes that have not painted it yet. */
  readonly owed: Set<LayerId>;
}

interface Kept extends WetPaint {
  readonly step: number | undefined;
  /** When its step was reached; undefined: on its way. */
  turn: number | undefined;
  readonly tiles: Map<string, WetTile>;
}

export function createWetStrokes(): WetStrokes {
  let kept: Kept[] = [];
  let lifted: LiftedPaint | undefined;
  /** When each state of the history was reached last: later ones have what earlier ones had, but for what was undone. */
  const turns = new Map<EntryId, number>();
  let turn = 0;

  return {
    keep: ({ coverage, glazes, region }, step) => {
      if (glazes.size === 0) return;
      const tiles = placesIn(grid, region()).map(({ place, region: covers }): [string, WetTile] => [place, { region: covers, owed: new Set(glazes) }]);
      kept.push({ coverage, glazes, region, step, turn: step === undefined ? turn : undefined, tiles: new Map(tiles) });
    },
    lift: (next) => {
      const before = lifted;
      lifted = next;
      return [before, next].flatMap((each) => each?.region() ?? []);
    },
    reach: (state, step) => {
      turns.set(state, ++turn);
      // a step may have changed several layers
      if (step !== undefined) for (const each of kept) if (each.step === step) each.turn = turn;
    },
    drop: (step) => {
      const gone = kept.filter((each) => each.step === step);
      kept = kept.filter((each) => each.step !== step);
      return gone.map(({ region }) => region());
    },
    dry: ({ layer, state, painted, atRest }) => {
      const dried: Region[] = [];
      for (const { turn: since, tiles } of kept) {
        if (since === undefined) continue;
        for (const [place, { region, owed }] of tiles) {
          const of = atRest ? state : painted[place];
          if (of === undefined || (turns.get(of) ?? 0) < since || !owed.delete(layer) || owed.size > 0) continue;
          tiles.delete(place);
          dried.push(region);
        }
      }
      kept = kept.filter(({ tiles }) => tiles.size > 0);
      return dried;
    },
    clear: (state) => {
      kept = [];
      lifted = undefined;
      turns.clear();
      turns.set(state, ++turn);
    },
    isWet: (live) => lifted !== undefined || kept.length > 0 || (live?.glazes.size ?? 0) > 0,
    over: (surface, record, access, hidden, live, shrink = 1) => {
      const shares = [
        ...kept.map(({ coverage, glazes, tiles }) => ({ share: shareOf(coverage, surface.region, shrink, (place) => isOwed(record, tiles.get(place))), glazes })),
        ...(live && live.glazes.size > 0 ? [{ share: shareOf(live.coverage, surface.region, shrink), glazes: live.glazes }] : []),
      ].flatMap(({ share, glazes }) => (share ? [{ share, glazes }] : []));
      const without = (shown: Surface, ids: readonly LayerId[], of: readonly Float32Array[]): Surface =>
        of.length === 0 ? shown : shownThrough(shown, compositeGroup(record, surface.region, access, { hidden: new Set([...hidden, ...ids]), shrink }), of);
      const through = without(surface, shares.flatMap(({ glazes }) => [...glazes]), shares.map(({ share }) => share));
      const off = lifted && shareOf(lifted.coverage, surface.region, shrink);
      return off && lifted ? without(through, [...lifted.glazes, ...lifted.layers], [off]) : through;
    },
  };
}

/** Whether a glaze in sight has not painted it yet. */
function isOwed(record: DocumentRecord, tile: WetTile | undefined): boolean {
  return tile !== undefined && [...tile.owed].some((id) => isSeen(record.layers[id]) && isSeen(record.layers[clippingBase(record, id)]));
}

/** How much of a region's px a stroke covers, in tiles that are wet; undefined: nothing. */
function shareOf(coverage: CoverageOf, region: Region, shrink: number, isWet: (place: string) => boolean = () => true): Float32Array | undefined {
  let share: Float32Array | undefined;
  const full = spreadRegion(region, shrink);
  for (const { place, region: tile } of placesIn(grid, full)) {
    const part = overlapOf(tile, full);
    const covered = isWet(place) ? coverage(part) : undefined;
    if (!covered?.some((each) => each > 0)) continue;
    share ??= new Float32Array(region.width * region.height);
    addShrunk(covered, part, share, region, shrink);
  }
  return share;
}

/** `bare` as far as one of the shares goes. */
function shownThrough(surface: Surface, bare: Surface, shares: readonly Float32Array[]): Surface {
  const data = surface.data.slice();
  for (let i = 0; i < data.length; i += 4) {
    const share = shares.reduce((most, each) => Math.max(most, each[i / 4]!), 0);
    if (share === 0) continue;
    for (let channel = i; channel < i + 4; channel++) data[channel] = data[channel]! + share * (bare.data[channel]! - data[channel]!);
  }
  return { ...surface, data };
}
