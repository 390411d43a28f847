// Blend modes as composite-op of OpenRaster, both ways; beyond the specification's list the names that Krita writes.
import type { BlendMode } from '../../contract/document.ts';

const pairs: readonly (readonly [BlendMode, string])[] = [
  ['normal', 'svg:src-over'],
  ['multiply', 'svg:multiply'],
  ['screen', 'svg:screen'],
  ['overlay', 'svg:overlay'],
  ['darken', 'svg:darken'],
  ['lighten', 'svg:lighten'],
  ['color-dodge', 'svg:color-dodge'],
  ['color-burn', 'svg:color-burn'],
  ['hard-light', 'svg:hard-light'],
  ['soft-light', 'svg:soft-light'],
  ['difference', 'svg:difference'],
  ['color', 'svg:color'],
  ['luminosity', 'svg:luminosity'],
  ['hue', 'svg:hue'],
  ['saturation', 'svg:saturation'],
  ['plus', 'svg:plus'],
  ['exclusion', 'krita:exclusion'],
  ['subtract', 'krita:subtract'],
  ['divide', 'krita:divide'],
  ['linear-burn', 'krita:linear_burn'],
  ['linear-light', 'krita:linear light'],
  ['vivid-light', 'krita:vivid_light'],
  ['pin-light', 'krita:pin_light'],
];

const toOra = new Map(pairs);
const fromOra = new Map<string, BlendMode>(pairs.map(([ours, theirs]) => [theirs, ours]));
for (const [theirs, ours] of [['', 'normal'], ['svg:exclusion', 'exclusion'], ['svg:add', 'plus'], ['krita:linear_dodge', 'plus'], ['svg:src-atop', 'normal']] as const) fromOra.set(theirs, ours);

export function blendToOra(mode: BlendMode): string {
  return toOra.get(mode) ?? 'svg:src-over';
}

/** Undefined where we have no such mode. */
export function blendFromOra(composite: string): BlendMode | undefined {
  return fromOra.get(composite);
}
