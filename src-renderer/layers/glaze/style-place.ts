// Where a style goes that is applied, taken or tried: the one rule of gallery, variants and teaching, and of their previews.
import { rootId, type DocumentRecord, type GlazeSettings, type GlazeStyle, type LayerId, type LayerOf } from '../../../src-main/contract/document.ts';
import { clippingBase, parentOf, stretchOf } from '../../../src-main/raster/clipping-group.ts';
import { isHidden, isLocked } from '../../document/layer-tree.ts';
import { glazeOf, newGlaze, withOnly } from './glaze-changes.ts';

/** `glaze`: it becomes that glaze's style; `above`: a new glaze directly above that layer; neither: a new glaze on top. */
export interface StylePlace {
  readonly glaze?: LayerId;
  readonly above?: LayerId;
}

/**
 * Into the glaze in hand, unless it is hidden or locked. Otherwise as a new glaze directly above the layer in hand and what is clipped to
 * it; on top of everything where nothing is in hand. A preview shows the style over what that glaze would see.
 */
export function stylePlace(record: DocumentRecord, [hand]: readonly LayerId[]): StylePlace {
  const layer = hand === undefined || hand === rootId ? undefined : record.layers[hand];
  if (!layer) return {};
  if (layer.kind === 'glaze' && !isHidden(record, layer.id) && !isLocked(record, layer.id)) return { glaze: layer.id };
  return placeAbove(record, layer.id);
}

/**
 * Where variants are tried and taken: as stylePlace, but no glaze above repaints what a tile has shown. Where one would, the topmost of
 * them is what varies; one that is locked stays, and a new glaze goes above it.
 */
export function variantPlace(record: DocumentRecord, chosen: readonly LayerId[]): StylePlace {
  const place = stylePlace(record, chosen);
  const top = place.above === undefined ? undefined : repaintersOf(record, place.above).at(-1);
  if (!top) return place;
  return isLocked(record, top.id) ? placeAbove(record, top.id) : { glaze: top.id };
}

/** Glazes in sight that repaint what a layer shows, lowest first: above it in its group, then above that group. */
export function repaintersOf(record: DocumentRecord, layer: LayerId): LayerOf<'glaze'>[] {
  if (layer === rootId) return [];
  const over = stretchOf(record, { above: layer }).flatMap(({ base }) => (base.kind === 'glaze' && base.visible ? [base] : []));
  return [...over, ...repaintersOf(record, parentOf(record, layer))];
}

/** A new glaze directly above a layer and what is clipped to it. */
export function placeAbove(record: DocumentRecord, layer: LayerId): StylePlace {
  if (layer === rootId || !record.layers[layer]) return {};
  const [group] = stretchOf(record, { only: clippingBase(record, layer) });
  return { above: group?.clipped.at(-1)?.id ?? layer };
}

/** What a request for a preview calls it. */
export function seenAt({ glaze, above }: StylePlace): { readonly beneath?: LayerId; readonly above?: LayerId } {
  return glaze === undefined ? (above === undefined ? {} : { above }) : { beneath: glaze };
}

/** The place a request for a preview spoke of. */
export function placeSeen({ beneath, above }: { readonly beneath?: LayerId | undefined; readonly above?: LayerId | undefined }): StylePlace {
  return beneath === undefined ? (above === undefined ? {} : { above }) : { glaze: beneath };
}

/** Whether a place of earlier is still there. */
export function isThere(record: DocumentRecord, { glaze, above }: StylePlace): boolean {
  return glaze === undefined ? above === undefined || record.layers[above] !== undefined : glazeOf(record, glaze) !== undefined;
}

/** How a style is painted at a place: a glaze keeps what is set on it. */
export function settingsAt(record: DocumentRecord, { glaze }: StylePlace, style: GlazeStyle): GlazeSettings {
  const own = glazeOf(record, glaze)?.settings;
  return own ? { ...own, ...withOnly(own, style) } : newGlaze('', [style]).settings;
}
