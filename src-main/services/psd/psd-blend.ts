// Blend modes of PSD files and ours, both ways.
import type { BlendMode as PsdBlendMode } from 'ag-psd';
import type { BlendMode } from '../../contract/document.ts';

const pairs: readonly (readonly [PsdBlendMode, BlendMode])[] = [
  ['normal', 'normal'],
  ['multiply', 'multiply'],
  ['screen', 'screen'],
  ['overlay', 'overlay'],
  ['darken', 'darken'],
  ['lighten', 'lighten'],
  ['color dodge', 'color-dodge'],
  ['color burn', 'color-burn'],
  ['hard light', 'hard-light'],
  ['soft light', 'soft-light'],
  ['difference', 'difference'],
  ['exclusion', 'exclusion'],
  ['hue', 'hue'],
  ['saturation', 'saturation'],
  ['color', 'color'],
  ['luminosity', 'luminosity'],
  ['linear dodge', 'plus'],
  ['subtract', 'subtract'],
  ['divide', 'divide'],
  ['linear burn', 'linear-burn'],
  ['linear light', 'linear-light'],
  ['vivid light', 'vivid-light'],
  ['pin light', 'pin-light'],
];

const fromPsd = new Map(pairs);
const toPsd = new Map(pairs.map(([theirs, ours]) => [ours, theirs]));

/** Undefined where we have no such mode. */
export function blendFromPsd(mode: PsdBlendMode): BlendMode | undefined {
  return fromPsd.get(mode);
}

export function blendToPsd(mode: BlendMode): PsdBlendMode {
  return toPsd.get(mode) ?? 'normal';
}
