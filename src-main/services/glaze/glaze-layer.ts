// A glaze layer of an open document: its painter, and its paint as tiles on the document's grid.
import { sameJson, type Json } from '../../contract/changes.ts';
import { tileSidePx, type AssetId, type LayerOf, type Raster } from '../../contract/document.ts';
import { faultOf, type Fault } from '../../contract/fault.ts';
import type { PixelBuffer, Region } from '../../contract/image.ts';
import { isEmpty, overlapOf, unionOf } from '../../raster/region.ts';
import { placesIn, readRaster, withTiles, writeRaster } from '../../raster/tiles.ts';
import { piecesOf } from './glaze-cores.ts';
import type { GlazePainter } from './glaze-painter.ts';
import type { GlazePicture } from './glaze-picture.ts';
import type { GlazeTilesState } from './glaze-scene.ts';
import type { SpoolShelf } from './glaze-spools.ts';
import { standIn } from './glaze-stand-in.ts';
import type { SmallPixels } from './small-paint.ts';

export type GlazeLayerRecord = LayerOf<'glaze'>;

/** New paint: tiles by place, null where nothing is left. */
export interface GlazeNews {
  readonly tiles: ReadonlyMap<string, Uint8Array | null>;
  readonly coarse: boolean;
  /** All of the paint at a small size, which is to be shown at these places until their tiles come. */
  readonly small?: SmallPixels & { readonly places: readonly string[] };
  /** Places in which everything that was changed is to be seen now. */
  readonly painted: readonly string[];
}

/** What a layer is opened with. */
export interface GlazeLayerSetup {
  readonly layer: GlazeLayerRecord;
  readonly picture: GlazePicture;
  /** Of the picture; closed with the layer. */
  readonly shelf: SpoolShelf;
  readonly depth: 8 | 16;
  /** Nobody waits for it: small pieces on one core. */
  readonly isQuiet?: boolean;
  /** All of it painted small as the document is now; absent where nobody looks on, and where that is hardly quicker. Throws as paintSmall. */
  readonly small?: ((layer: GlazeLayerRecord, onCpu: boolean) => Promise<SmallPixels | undefined>) | undefined;
  /** Nothing where the glaze has no style; `anew`: whatever statistics there are, they are measured; `onCpu`: whatever device is wished for. Throws as openPainter. */
  open(layer: GlazeLayerRecord, how: { readonly anew: boolean; readonly onCpu: boolean }): Promise<GlazePainter | undefined>;
}

export interface GlazeLayer {
  readonly picture: GlazePicture;
  readonly painter: GlazePainter | undefined;
  readonly fault: Fault | undefined;
  /** Its paint as far as it is made; the tiles are never written to again. */
  tiles(): GlazeTilesState;
  /** The same as it is shown: small paint, enlarged, where its own is still to come. */
  shown(): GlazeTilesState;
  /** Nothing of it is waiting to be painted. */
  atRest(): boolean;
  /** Takes another record; `reopen`: paints everything anew with it, `refinish`: only finishes the paint anew. */
  update(layer: GlazeLayerRecord, how?: 'reopen' | 'refinish'): void;
  /** What it paints over or its masks are others; answers where its paint may change. `isHot`: to be painted first. */
  change(region: Region, isHot: boolean): Region;
  /** More of its paint is to change than is painted in a moment: all of it is painted small first. */
  widen(region: Region): void;
  /** That small paint, where it is due. */
  rough(): Promise<GlazeNews | undefined>;
  /** Opens what is to be opened; true where statistics were measured. */
  ready(): Promise<boolean>;
  /** Makes sure that a region's paint is up to date. */
  ensure(region: Region): Promise<void>;
  /** Takes its paint away: what lies beneath is to be seen. */
  clear(): GlazeNews;
  /** One piece of work, the most urgent first; nothing where it is at rest. */
  step(): Promise<GlazeNews | undefined>;
  /** As of GlazePasses, once for each painter. */
  warm(): Promise<void>;
  /** Statistics of the picture as it is now; nothing where the glaze has no style. Throws as openPainter. */
  remeasure(): Promise<Uint8Array | undefined>;
  close(): Promise<void>;
}

/** Without a change for so long, the pen is taken to rest. */
const penRestsMs = 700;
/** For so long after a change, paint that nobody waits for leaves a core to others: the artist is at work. */
const quietForMs = 5000;

export function glazeLayer(setup: GlazeLayerSetup): GlazeLayer {
  const { picture, depth, isQuiet = false, small } = setup;
  const whole: Region = { x: 0, y: 0, ...picture.extent };
  const blobs = new Map<AssetId, Uint8Array>();
  let [raster, lastId]: [Raster, number] = [{ x: 0, y: 0, depth, tiles: {} }, 0];
  let record = setup.layer;
  let painter: GlazePainter | undefined;
  let warmed: GlazePainter | undefined;
  let fault: Fault | undefined;
  let isOpening = true;
  /** A device that has failed once is not trusted again. */
  let onCpu = false;
  /** Places that were last told coarsely. */
  const rough = new Set<string>();
  /** What is to be shown small first. */
  let smallDue: Region | undefined = small && whole;
  /** Every cell of its places is stale. */
  const standing = standIn();
  /** Was painted whole since it was opened, or since all of it was shown small. */
  let hasRested = false;
  let hot: Region[] = [];
  let coarseLeft: Region[] = [];
  let touchedAt = -Infinity;
  let centre = { x: picture.extent.width / 2, y: picture.extent.height / 2 };

  const bytesOf = (id: AssetId): Uint8Array | undefined => blobs.get(id);
  const tiles = (): GlazeTilesState => {
    const kept = new Map(blobs);
    return { raster, bytes: (id) => kept.get(id) };
  };
  const put = (changed: ReadonlyMap<string, Uint8Array | null>): void => {
    const named = new Map<string, AssetId | null>();
    for (const [place, bytes] of changed) {
      const before = raster.tiles[place];
      if (before !== undefined) blobs.delete(before);
      const id = bytes && `${record.id}/${++lastId}`;
      if (id !== null && bytes) blobs.set(id, bytes);
      named.set(place, id);
    }
    raster = withTiles(raster, named);
  };
  const clear = (): GlazeNews => {
    const tiles = new Map([...Object.keys(raster.tiles), ...standing.places].map((place) => [place, null]));
    put(tiles);
    standing.clear();
    return { tiles, coarse: false, painted: [] };
  };
  const paint = async (region: Region, quietly = false): Promise<GlazeNews> => {
    const tiles = take(region, await painter!.paint(region, record.settings.keepColours, quietly));
    painter!.dirty.clear(region);
    return { tiles, coarse: false, painted: shownIn(region) };
  };
  /** Paint that is nearly right for a start, where that is quicker and there is paint all around. */
  const glance = async (region: Region): Promise<GlazeNews> => {
    if (painter!.passCount === 1 || !hasRested) return paint(region);
    const tiles = take(region, await painter!.glance(region, record.settings.keepColours));
    return { tiles, coarse: false, painted: shownIn(region) };
  };
  const isStale = (region: Region): boolean => !isEmpty(region) && painter!.dirty.within(region) !== undefined;
  /** Places that a region touches, in which all that was changed is to be seen: of paint that was whole before, what is hot is what was changed. */
  const shownIn = (region: Region): string[] =>
    placesIn(raster, region).flatMap(({ place, region: covers }) => {
      const tile = overlapOf(covers, whole);
      const isShown = hasRested ? !hot.some((each) => isStale(overlapOf(each, tile))) : !isStale(tile);
      return isShown ? [place] : [];
    });
  /** A tile that is told before all of it is painted. */
  const fill = (place: string, covers: Region, tile: Region, enlarged: Uint8Array): void => {
    const part = readRaster({ x: covers.x, y: covers.y, depth, tiles: { '0,0': place } }, tile, () => enlarged);
    put(new Map([[place, null]]));
    put(writeRaster(raster, tile, part, bytesOf));
  };
  const take = (region: Region, pixels: PixelBuffer): Map<string, Uint8Array | null> => {
    for (const { place, region: covers } of placesIn(raster, region)) {
      const stood = standing.leave(place);
      if (!stood) continue;
      const tile = overlapOf(covers, whole);
      if (!sameRegion(overlapOf(tile, region), tile)) fill(place, covers, tile, stood());
      rough.add(place);
    }
    const changed = writeRaster(raster, region, pixels, bytesOf);
    put(changed);
    for (const { place } of placesIn(raster, region)) {
      if (rough.delete(place) && !changed.has(place)) changed.set(place, bytesOf(raster.tiles[place] ?? '') ?? null);
    }
    return changed;
  };
  const paintCoarse = async (region: Region): Promise<GlazeNews> => {
    const pixels: PixelBuffer = await painter!.coarse(region, record.settings.keepColours);
    const tiles = writeRaster({ ...raster, tiles: {} }, region, pixels, bytesOf);
    for (const place of tiles.keys()) rough.add(place);
    return { tiles, coarse: true, painted: placesIn(raster, region).map(({ place }) => place) };
  };
  /** The next tile none of which is up to date. */
  const nextRough = (): Region | undefined => {
    for (let next = coarseLeft.shift(); next; next = coarseLeft.shift()) if (sameRegion(painter!.dirty.within(next), next)) return next;
    return undefined;
  };
  const ready = async (): Promise<boolean> => {
    if (!isOpening) return false;
    isOpening = false;
    await painter?.close();
    painter = undefined;
    fault = undefined;
    try {
      painter = await setup.open(record, { anew: false, onCpu });
    } catch (thrown) {
      fault = faultOf(thrown);
      return false;
    }
    hot = [];
    hasRested = false;
    coarseLeft = painter && painter.passCount > 1 && standing.places.size === 0 ? placesIn(raster, whole).map(({ region }) => overlapOf(region, whole)) : [];
    return painter?.measured === true;
  };
  const nextHot = (): Region | undefined => {
    for (let next = hot.pop(); next; next = hot.pop()) {
      const stale = painter!.dirty.within(next);
      const [first, ...others] = stale ? piecesOf(stale) : [];
      hot.push(...others.reverse());
      if (first && others.length === 0) return first;
      if (first) hot.push(first); // its corners may be up to date
    }
    return undefined;
  };
  const paintNext = async ({ dirty, advance }: GlazePainter): Promise<GlazeNews | undefined> => {
    const urgent = nextHot();
    if (urgent) return glance(urgent);
    const unseen = nextRough();
    if (unseen) return paintCoarse(unseen);
    const sinceMs = performance.now() - touchedAt;
    // while the pen is at work, pieces are small: it waits for one at most
    const sidePx = isQuiet || sinceMs < penRestsMs ? tileSidePx : 2 * tileSidePx;
    const quietly = isQuiet || sinceMs < quietForMs;
    if (await advance(centre.x, centre.y, sidePx, quietly)) return { tiles: new Map(), coarse: true, painted: [] };
    const place = dirty.nearest(centre.x, centre.y, sidePx);
    return place && paint(dirty.within(place) ?? place, quietly);
  };
  /** A glaze that cannot be painted says why, and holds up nobody. */
  const unlessItFails = async <T>(action: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await action();
    } catch (thrown) {
      const failed = painter;
      painter = undefined;
      await failed?.close().catch(() => undefined);
      if (failed && failed.provider !== 'cpu' && faultOf(thrown).code.startsWith('session.')) [onCpu, isOpening] = [true, true];
      else fault = faultOf(thrown);
      return undefined;
    }
  };

  return {
    picture,
    get painter() {
      return painter;
    },
    get fault() {
      return fault;
    },
    tiles,
    shown: () => standing.over(tiles(), record.id),
    atRest: () => !isOpening && (!painter || painter.dirty.count === 0),
    update(layer, how) {
      const isRenewed = sameJson(record.settings as unknown as Json, layer.settings as unknown as Json); // statistics alone: what is there is nearly right
      record = layer;
      if (small && how && !isRenewed) smallDue = whole;
      if (how === 'reopen') isOpening = true;
      if (how === 'refinish') painter?.dirty.markAll();
    },
    change(region, isHot) {
      picture.change(region);
      const changed = painter?.change(region) ?? whole;
      if (isHot) {
        hot.push(overlapOf(region, whole));
        touchedAt = performance.now();
        centre = { x: region.x + region.width / 2, y: region.y + region.height / 2 };
      }
      return changed;
    },
    widen(region) {
      if (small) smallDue = smallDue ? unionOf(smallDue, region) : region;
    },
    async rough() {
      if (!smallDue || !small) return undefined;
      const due = overlapOf(smallDue, whole);
      smallDue = undefined;
      const painted = await small(record, onCpu).catch(() => undefined); // what is at fault stops the paint itself too, and is told then
      if (!painted) return undefined;
      const tiles = placesIn(raster, whole).filter(({ place, region }) => standing.places.has(place) || (!isEmpty(overlapOf(region, due)) && (isOpening || isStale(overlapOf(region, whole)))));
      const places = tiles.map(({ place }) => place);
      standing.take(painted, places);
      for (const { region } of tiles) painter?.dirty.mark(region);
      [hasRested, hot, coarseLeft] = [false, [], []];
      return { tiles: new Map(), coarse: true, small: { ...painted, places }, painted: places };
    },
    ready,
    async ensure(region) {
      await ready();
      const stale = painter?.dirty.within(region);
      if (stale) await unlessItFails(() => paint(stale));
    },
    clear,
    async step() {
      await ready();
      if (!painter) return !fault && Object.keys(raster.tiles).length > 0 ? clear() : undefined;
      if (painter.dirty.count > 0) {
        const news = await unlessItFails(() => paintNext(painter!));
        return news ?? (isOpening ? { tiles: new Map(), coarse: true, painted: [] } : undefined); // it goes on with another device
      }
      hasRested = true;
      standing.clear();
      return undefined;
    },
    async warm() {
      if (!painter || warmed === painter) return;
      warmed = painter;
      await unlessItFails(() => warmed!.warm());
    },
    async remeasure() {
      const anew = await setup.open(record, { anew: true, onCpu });
      await anew?.close();
      return anew?.statistics;
    },
    async close() {
      await painter?.close();
      painter = undefined;
      await setup.shelf.close();
    },
  };
}

function sameRegion(a: Region | undefined, b: Region): boolean {
  return a?.x === b.x && a.y === b.y && a.width === b.width && a.height === b.height;
}
