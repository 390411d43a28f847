// A document as the engine process keeps it: its record, and the paint of its glazes, made live or for one picture of it.
import type { DocumentRecord, LayerId } from '../../contract/document.ts';
import type { Fault } from '../../contract/fault.ts';
import type { PixelBuffer, Region } from '../../contract/image.ts';
import type { CompositeOptions } from '../../raster/composite.ts';
import { pixelsOf } from '../../raster/pixels.ts';
import type { Surface } from '../../raster/surface.ts';
import { changesBeneath, clippedAnew, glazesOf, shownGlazes, wholeOf } from './glaze-changes.ts';
import { glazeLayer, type GlazeLayer, type GlazeLayerRecord, type GlazeLayerSetup, type GlazeNews } from './glaze-layer.ts';
import type { GlazeMasks } from './glaze-masks.ts';
import { ownChanges } from './glaze-own-changes.ts';
import type { GlazePainter } from './glaze-painter.ts';
import { glazePicture, type GlazePicture } from './glaze-picture.ts';
import { glazeScene, type GlazeScene } from './glaze-scene.ts';
import { spoolMemoryBytes, spoolShelf, type SpoolShelf } from './glaze-spools.ts';
import { openGlaze, type GlazeDocumentSetup, type OpeningGlaze } from './open-glaze.ts';
import { isPaintedSmall, isWideChange, paintSmall } from './small-paint.ts';

export interface LayerNews extends GlazeNews {
  readonly layer: LayerId;
  /** Fresh statistics, which the record does not name yet. */
  readonly measured?: Uint8Array;
  readonly fault?: Fault;
}

export interface GlazeDocument {
  readonly record: DocumentRecord;
  /** The glaze layers that are open. */
  readonly layers: ReadonlyMap<LayerId, GlazeLayer>;
  /** Takes the next state; where pixels differ beneath glazes, their paint is stale from then on. Throws asset.corrupt | disk.*. */
  change(next: DocumentRecord): Promise<void>;
  /** One piece of work; nothing where all visible glazes are at rest. */
  step(): Promise<LayerNews | undefined>;
  /** Opens what the next stroke will need. */
  warm(): Promise<void>;
  /** This state and the paint there is of it; whole once the glazes are at rest. */
  scene(): GlazeScene;
  /** What a composite shows, its glazes up to date as far as `region` goes. Throws asset.corrupt | disk.*. */
  composite(region: Region, options?: CompositeOptions): Promise<Surface>;
  close(): Promise<void>;
}

export function glazeDocument(setup: GlazeDocumentSetup): GlazeDocument {
  const { assets } = setup;
  const [layers, masks, told] = [new Map<LayerId, GlazeLayer>(), new Map<LayerId, GlazeMasks>(), new Map<LayerId, Fault>()];
  let { record } = setup;

  const composite = async (region: Region, options: CompositeOptions = {}): Promise<Surface> => {
    for (const { id } of shownGlazes(record, options)) await layers.get(id)?.ensure(region);
    return scene().composite(region, options);
  };
  const scene = (): GlazeScene => glazeScene(record, assets, new Map([...layers].map(([id, layer]) => [id, layer.tiles()])));
  const render = (id: LayerId) => async (region: Region): Promise<PixelBuffer> => pixelsOf(await composite(region, { beneath: id }), 16);

  const open = async (layer: GlazeLayerRecord, how: OpeningGlaze): Promise<GlazePainter | undefined> => {
    const opened = await openGlaze(layer, layers.get(layer.id)!.picture, how, { ...setup, record });
    if (opened?.masks && !how.anew) masks.set(layer.id, opened.masks);
    return opened?.painter;
  };
  /** Only where somebody looks on. */
  const smallOf = (id: LayerId): GlazeLayerSetup['small'] => {
    if (!setup.isWatched || !isPaintedSmall(record)) return undefined;
    const shelf = (): SpoolShelf => spoolShelf(setup.workFolder, spoolMemoryBytes);
    return (layer, onCpu) => {
      const shown = glazeScene(record, assets, new Map([...layers].map(([other, each]) => [other, each.shown()])));
      const render = async (region: Region, shrink: number): Promise<PixelBuffer> => pixelsOf(await shown.composite(region, { beneath: id, shrink }), 16);
      const open = async (picture: GlazePicture): Promise<GlazePainter | undefined> => (await openGlaze(layer, picture, { anew: false, onCpu }, { ...setup, record }))?.painter;
      return paintSmall({ extent: record, render, open, shelf }, layer.settings.keepColours);
    };
  };
  const add = (layer: GlazeLayerRecord): void => {
    const shelf = spoolShelf(setup.workFolder, spoolMemoryBytes);
    const picture = glazePicture({ width: record.width, height: record.height }, render(layer.id), shelf);
    layers.set(layer.id, glazeLayer({ layer, picture, shelf, depth: record.depth, isQuiet: setup.isQuiet === true, small: smallOf(layer.id), open }));
  };
  const removeAll = async (isGone: (id: LayerId) => boolean): Promise<void> => {
    for (const [id, layer] of [...layers]) {
      if (!isGone(id)) continue;
      layers.delete(id);
      masks.delete(id);
      await layer.close();
    }
  };

  /** Changes beneath each glaze, those of the paint of lower glazes included: lowest first. */
  const carry = async (before: DocumentRecord, beneath: ReadonlyMap<LayerId, readonly Region[]>): Promise<void> => {
    const stale = new Map<LayerId, readonly Region[]>();
    for (const layer of glazesOf(record)) {
      const known = layers.get(layer.id);
      if (!known) {
        add(layer);
        stale.set(layer.id, [wholeOf(record)]);
        continue;
      }
      const was = before.layers[layer.id] as GlazeLayerRecord;
      const own = await ownChanges(was, layer, known.painter?.statistics, assets);
      if (own.masks.length > 0) await masks.get(layer.id)?.update(layer.settings);
      known.update(layer, own.how);
      const lower = shownGlazes(record, { beneath: layer.id }).flatMap(({ id }) => stale.get(id) ?? []);
      const regions = [...(beneath.get(layer.id) ?? []), ...own.masks];
      const isWide = isWideChange([...regions, ...lower], record);
      const changed = regions.map((region) => known.change(region, !isWide));
      for (const region of clippedAnew(before, record, layer.id)) known.change(region, !isWide); // What was marked last is painted first.
      const all = [...changed, ...lower.map((region) => known.change(region, false))];
      if (isWide) all.forEach((region) => known.widen(region));
      stale.set(layer.id, [...all, ...(own.how ? [wholeOf(record)] : [])]);
    }
  };

  for (const layer of glazesOf(record)) add(layer);
  /** A fault of a layer that is not told yet: it has no paint from then on, and glazes above it see what it does not restyle. */
  const failure = (id: LayerId): LayerNews | undefined => {
    const { fault } = layers.get(id)!;
    if (!fault || told.get(id) === fault) return undefined;
    told.set(id, fault);
    const cleared = layers.get(id)!.clear();
    if (cleared.tiles.size > 0) {
      const above = glazesOf(record).filter((glaze) => shownGlazes(record, { beneath: glaze.id }).some((lower) => lower.id === id));
      for (const glaze of above) layers.get(glaze.id)?.change(wholeOf(record), false);
    }
    return { ...cleared, layer: id, fault };
  };

  return {
    get record() {
      return record;
    },
    layers,
    scene,
    composite,
    async change(next) {
      const before = record;
      const sameGrid = before.width === next.width && before.height === next.height && before.depth === next.depth;
      const beneath = new Map<LayerId, readonly Region[]>();
      for (const { id } of glazesOf(next)) if (sameGrid && layers.has(id)) beneath.set(id, await changesBeneath(before, next, id, (ids) => assets.load(ids)));
      record = next;
      await removeAll((id) => !sameGrid || next.layers[id]?.kind !== 'glaze');
      await carry(before, beneath);
    },
    async step() {
      for (const { id } of shownGlazes(record)) {
        const news = await layers.get(id)!.rough();
        if (news) return { ...news, layer: id };
      }
      for (const { id } of shownGlazes(record)) {
        const layer = layers.get(id)!;
        const isFresh = await layer.ready();
        const before = failure(id);
        if (before) return before;
        if (isFresh) return { layer: id, tiles: new Map(), coarse: true, painted: [], measured: layer.painter!.statistics };
        const news = await layer.step();
        if (news) return { ...news, layer: id };
        const after = failure(id);
        if (after) return after;
      }
      return undefined;
    },
    async warm() {
      for (const { id } of shownGlazes(record)) await layers.get(id)?.warm();
    },
    close: () => removeAll(() => true),
  };
}
