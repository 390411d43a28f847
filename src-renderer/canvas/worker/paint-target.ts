// What a tool paints on as a raster of the record, and its new tiles as changes.
import type { Change, Json } from '../../../src-main/contract/changes.ts';
import type { DocumentRecord, GlazeStyle, Mask, Raster } from '../../../src-main/contract/document.ts';
import type { PaintTarget } from './protocol.ts';

/** The mask of what has none yet: shown everywhere. */
const plainMask: Mask = { x: 0, y: 0, depth: 8, tiles: {}, outside: 255, enabled: true };

function styleMask(style: GlazeStyle | undefined): Mask | undefined {
  return style ? (style.mask ?? plainMask) : undefined;
}

/** The raster or mask painted on, as it is before it is there; undefined where the layer has no such thing. What strokes of a style make of it: style-shares. */
export function rasterOfTarget(record: DocumentRecord, { layer: id, part }: PaintTarget): Raster | Mask | undefined {
  const layer = record.layers[id];
  if (!layer) return undefined;
  if (part === 'mask') return layer.mask ?? plainMask;
  if (part === 'pixels') return layer.kind === 'raster' ? layer.pixels : undefined;
  return layer.kind === 'glaze' ? styleMask(layer.settings.styles[part.style]) : undefined;
}

/** Whether paint leaves the target's alpha as it is. */
export function locksAlpha(record: DocumentRecord, { layer: id, part }: PaintTarget): boolean {
  const layer = record.layers[id];
  return part === 'pixels' && layer?.kind === 'raster' && layer.alphaLocked === true;
}

const json = (value: unknown): Json => value as Json;

/** Changes that set tiles of the target's raster; null removes one. A mask that was not there is made. */
export function tileChanges(record: DocumentRecord, target: PaintTarget, tiles: ReadonlyMap<string, string | null>, raster = rasterOfTarget(record, target)): Change[] {
  const layer = record.layers[target.layer];
  if (!layer || !raster || tiles.size === 0) return [];
  const after: Record<string, string> = { ...raster.tiles };
  for (const [place, id] of tiles) {
    if (id === null) delete after[place];
    else after[place] = id;
  }
  const { part } = target;
  if (typeof part === 'object') {
    if (layer.kind !== 'glaze') return [];
    const before = layer.settings.styles;
    const styles = before.map((style, index) => (index === part.style ? { ...style, mask: { ...raster, tiles: after } } : style));
    return [{ path: ['layers', layer.id, 'settings', 'styles'], before: json(before), after: json(styles) }];
  }
  if (part === 'mask' && !layer.mask) return [{ path: ['layers', layer.id, 'mask'], after: json({ ...raster, tiles: after }) }];
  return [...tiles].flatMap(([place, id]) => {
    const before = raster.tiles[place];
    if (before === undefined && id === null) return [];
    return [{ path: ['layers', layer.id, part, 'tiles', place], before, after: id ?? undefined }];
  });
}
