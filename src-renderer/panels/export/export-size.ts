// The size of an exported picture in px, cm or inches, its proportions kept.
import type { Extent } from '../../../src-main/contract/image.ts';

export const sizeUnits = ['px', 'cm', 'in'] as const;
export type SizeUnit = (typeof sizeUnits)[number];

const cmPerInch = 2.54;
/** Sides the studio writes, in px. */
export const mostExportPx = 65_536;
export const mostDpi = 9600;

/** A length in px as it is shown in a unit. */
export function inUnit(px: number, unit: SizeUnit, dpi: number): number {
  if (unit === 'px') return px;
  return unit === 'in' ? px / dpi : (px / dpi) * cmPerInch;
}

/** A length in a unit as whole px, at least 1. */
export function inPx(length: number, unit: SizeUnit, dpi: number): number {
  const px = unit === 'px' ? length : unit === 'in' ? length * dpi : (length / cmPerInch) * dpi;
  return Math.max(1, Math.round(px));
}

/** The size with one side as wished for and the document's proportions. */
export function proportional(document: Extent, side: 'width' | 'height', px: number): Extent {
  const other = side === 'width' ? 'height' : 'width';
  return { [side]: px, [other]: Math.max(1, Math.round((px * document[other]) / document[side])) } as unknown as Extent;
}

/** Whether a picture of this size and resolution can be written. */
export function canBeWritten({ width, height }: Extent, dpi: number): boolean {
  return Math.max(width, height) <= mostExportPx && dpi >= 1 && dpi <= mostDpi;
}

/** How many times larger than the document's own pixels; 1 or less: nothing is invented. */
export function enlargement(document: Extent, size: Extent): number {
  return Math.max(size.width / document.width, size.height / document.height);
}
