// What the brush may paint on now, or why it may not.
import type { DocumentRecord, Layer, LayerId } from '../../src-main/contract/document.ts';
import { groupOf } from '../document/layer-changes.ts';
import { descendants } from './layer-moves.ts';
import type { Hint, Stage } from './tool.ts';
import { locksAlpha } from './worker/paint-target.ts';
import type { PaintTarget } from './worker/protocol.ts';

/** The active layer's pixels, or its mask where that is chosen. A layer that has no pixels of its own takes paint on its mask. */
export function paintTarget(stage: Stage): PaintTarget | Hint {
  const layer = stage.activeLayer();
  const hint = paintHint(stage.record(), layer);
  if (hint || !layer) return hint ?? 'noLayer';
  if (stage.paintsMask()) return { layer: layer.id, part: 'mask' };
  return layer.kind === 'raster' ? { layer: layer.id, part: 'pixels' } : 'notPaintable';
}

/** As paintTarget; paint whose alpha is locked cannot be taken away. */
export function targetForErasing(stage: Stage): PaintTarget | Hint {
  const target = paintTarget(stage);
  if (typeof target === 'string') return target;
  const record = stage.record();
  return record && locksAlpha(record, target) ? 'alphaLocked' : target;
}

/** As paintTarget; where the active layer has no pixels of its own, a new layer of paint is made for what is added. */
export function targetForPaint(stage: Stage): PaintTarget | Hint {
  const target = paintTarget(stage);
  if (target !== 'notPaintable') return target;
  const made = stage.addPaintLayer();
  return made === undefined ? target : { layer: made, part: 'pixels' };
}

/** Why a layer cannot be changed by hand. */
export function paintHint(record: DocumentRecord | undefined, layer: Layer | undefined): Hint | undefined {
  if (!record || !layer) return 'noLayer';
  const line = [layer, ...groupsAbove(record, layer.id)];
  if (line.some(({ locked }) => locked)) return 'locked';
  if (line.some(({ visible }) => !visible)) return 'hidden';
  return undefined;
}

/** Why layers, with those within them, or what of them is selected, cannot be moved by hand. */
export function moveHint(record: DocumentRecord | undefined, ids: readonly LayerId[], isPart: boolean): Hint | undefined {
  const layers = ids.map((id) => record?.layers[id]);
  const hint = layers.map((layer) => paintHint(record, layer)).find((found) => found !== undefined);
  if (hint || !record || !isPart) return hint;
  // a hole would be left where the part was: alpha that is locked has none made into it
  const all = ids.flatMap((id) => [id, ...descendants(record, id)]);
  return all.some((layer) => locksAlpha(record, { layer, part: 'pixels' })) ? 'alphaLockedPart' : undefined;
}

function groupsAbove(record: DocumentRecord, id: LayerId): Layer[] {
  const groups: Layer[] = [];
  for (let group = groupOf(record, id); group !== undefined; group = groupOf(record, group)) {
    const layer = record.layers[group];
    if (layer) groups.push(layer);
  }
  return groups;
}
