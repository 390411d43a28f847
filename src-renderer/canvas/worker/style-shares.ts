// A stroke of one style of a mix: where it goes the style takes from the others, and everywhere else each keeps its share.
import type { Change, Json } from '../../../src-main/contract/changes.ts';
import type { AssetId, DocumentRecord, GlazeStyle, Mask } from '../../../src-main/contract/document.ts';
import type { Region } from '../../../src-main/contract/image.ts';
import type { CoverageOf } from '../../../src-main/raster/coverage.ts';
import { paintTiles } from '../../../src-main/raster/paint-tiles.ts';
import { placesIn, readRaster, tilesIn, withTiles, type BytesOf, type ChangedTiles } from '../../../src-main/raster/tiles.ts';
import type { PaintTarget } from './protocol.ts';

export interface StyleStroke {
  readonly record: DocumentRecord;
  readonly target: PaintTarget;
  readonly erases: boolean;
  readonly coverage: CoverageOf;
  /** All that the stroke covers. */
  readonly region: Region;
}

interface StyleTarget {
  readonly styles: readonly GlazeStyle[];
  readonly index: number;
  readonly style: GlazeStyle;
}

function styleTarget(record: DocumentRecord, { layer: id, part }: PaintTarget): StyleTarget | undefined {
  const layer = record.layers[id];
  if (typeof part !== 'object' || layer?.kind !== 'glaze') return undefined;
  const { styles } = layer.settings;
  const style = styles[part.style];
  return style && { styles, index: part.style, style };
}

const wholeOf = ({ width, height }: DocumentRecord): Region => ({ x: 0, y: 0, width, height });

/** The mask by which a style is placed at present. */
const placingMask = ({ mask, weight }: GlazeStyle): Mask | undefined => (weight > 0 && mask?.enabled ? mask : undefined);

/** Tiles of the mix's masks that a stroke looks at. */
export function masksBeneath({ record, target, region }: Pick<StyleStroke, 'record' | 'target' | 'region'>): AssetId[] {
  const of = styleTarget(record, target);
  if (!of) return [];
  const seen = of.style.mask ? region : wholeOf(record);
  return of.styles.flatMap(({ mask }) => (mask ? tilesIn(mask, seen).map(({ id }) => id) : []));
}

/**
 * The step a stroke makes; no changes where it leaves everything as it was. A style without a mask gets one that holds its present
 * share, and the weight at which a full mask is all of it. `hold` names new tiles.
 */
export function styleChanges(stroke: StyleStroke, bytes: BytesOf, hold: (tiles: ChangedTiles) => Map<string, string | null>): Change[] {
  const { record, target, erases, coverage, region } = stroke;
  const of = styleTarget(record, target);
  if (!of) return [];
  const { styles, index, style } = of;
  const base = style.mask ? { mask: style.mask, tiles: new Map<string, Uint8Array>() } : shareMask(record, of, bytes);
  const bytesOf: BytesOf = (id) => base.tiles.get(id) ?? bytes(id);
  const painted = (mask: Mask, value: number): ChangedTiles => paintTiles({ raster: mask, region, coverage, paint: { kind: 'grey', value }, bytes: bytesOf });
  const own = painted(base.mask, erases ? 0 : 255);
  const others = styles.map((other, at) => {
    const mask = at === index || erases ? undefined : placingMask(other);
    const tiles = mask && painted(mask, 0);
    return mask && tiles && tiles.size > 0 ? { ...other, mask: withTiles(mask, hold(tiles)) } : other;
  });
  if (own.size === 0 && others.every((other, at) => other === styles[at])) return [];
  const fresh = holdOnce(base, own, hold);
  const weight = style.mask ? style.weight : Math.max(...styles.map((each) => each.weight));
  const after = others.map((other, at) => (at === index ? { ...style, weight, mask: withTiles(fresh, hold(own)) } : other));
  return settingsChanges(record, target, styles, after);
}

function settingsChanges(record: DocumentRecord, { layer: id }: PaintTarget, before: readonly GlazeStyle[], after: readonly GlazeStyle[]): Change[] {
  const layer = record.layers[id];
  const path = ['layers', id, 'settings'];
  const pad = layer?.kind === 'glaze' ? layer.settings.pad : undefined;
  const isMoved = pad !== undefined && after.some(({ weight }, at) => weight !== before[at]?.weight);
  return [
    { path: [...path, 'styles'], before: json(before), after: json(after) },
    ...(isMoved ? [{ path: [...path, 'pad'], before: json(pad), after: undefined }] : []), // The weights say where it stands.
  ];
}

interface MadeMask {
  readonly mask: Mask;
  /** Its tiles by the names in it. */
  readonly tiles: ReadonlyMap<string, Uint8Array>;
}

/** A mask that says of a style without one what the mix says of it now: a plain value wherever no other mask has a tile. */
function shareMask(record: DocumentRecord, { styles, style }: StyleTarget, bytes: BytesOf): MadeMask {
  const heaviest = Math.max(...styles.map(({ weight }) => weight), Number.MIN_VALUE);
  const masks = styles.flatMap((each) => {
    const mask = placingMask(each);
    return mask ? [{ mask, weight: each.weight / heaviest }] : [];
  });
  const open = styles.reduce((sum, each) => (placingMask(each) ? sum : sum + each.weight), 0);
  const part = open > 0 ? style.weight / open : 0;
  const left = (covered: number): number => Math.round(255 * Math.max(0, 1 - covered) * part);
  const plain = left(masks.reduce((sum, { mask, weight }) => sum + (mask.outside / 255) * weight, 0));
  const [outside, plainTile] = [plain < 128 ? 0 : 255, new Uint8Array(256 * 256).fill(plain)] as const;
  const named: Record<string, string> = {};
  const tiles = new Map<string, Uint8Array>();
  const put = (place: string, name: string, tile: Uint8Array): void => {
    named[place] = name;
    tiles.set(name, tile);
  };
  for (const { place, region } of placesIn({ x: 0, y: 0 }, wholeOf(record))) {
    const there = masks.filter(({ mask }) => tilesIn(mask, region).length > 0);
    if (there.length === 0) {
      if (plain !== outside) put(place, 'share', plainTile);
      continue;
    }
    const read = masks.map(({ mask, weight }) => ({ weight, data: readRaster(mask, region, bytes).data }));
    const values = plainTile.map((_, at) => left(read.reduce((sum, { weight, data }) => sum + ((data[at] ?? 0) / 255) * weight, 0)));
    put(place, `share-${place}`, values);
  }
  return { mask: { x: 0, y: 0, depth: 8, tiles: named, outside, enabled: true }, tiles };
}

/** The mask with its made tiles held, those of one value once; not those that are painted over. */
function holdOnce({ mask, tiles }: MadeMask, painted: ReadonlyMap<string, unknown>, hold: (tiles: ChangedTiles) => Map<string, string | null>): Mask {
  if (tiles.size === 0) return mask;
  const kept = Object.entries(mask.tiles).filter(([place]) => !painted.has(place));
  const names = hold(new Map([...new Set(kept.map(([, name]) => name))].map((name) => [name, tiles.get(name) ?? null])));
  return { ...mask, tiles: Object.fromEntries(kept.flatMap(([place, name]) => (names.get(name) ? [[place, names.get(name)!]] : []))) };
}

function json(value: unknown): Json {
  return value as Json;
}
