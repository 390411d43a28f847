// Sizes a new document may begin with: paper with its dpi, and screens.

export interface DocumentPreset {
  /** Words under shell.newDocument.presets. */
  readonly name: 'screen' | 'square' | 'a5' | 'a4' | 'a3' | 'letter' | 'photo' | 'poster';
  readonly width: number;
  readonly height: number;
  readonly unit: 'px' | 'mm';
  readonly dpi: number;
}

export const mmPerInch = 25.4;

export const documentPresets: readonly DocumentPreset[] = [
  { name: 'a4', width: 210, height: 297, unit: 'mm', dpi: 300 },
  { name: 'a3', width: 297, height: 420, unit: 'mm', dpi: 300 },
  { name: 'a5', width: 148, height: 210, unit: 'mm', dpi: 300 },
  { name: 'letter', width: 215.9, height: 279.4, unit: 'mm', dpi: 300 },
  { name: 'photo', width: 300, height: 200, unit: 'mm', dpi: 300 },
  { name: 'poster', width: 500, height: 700, unit: 'mm', dpi: 200 },
  { name: 'screen', width: 1920, height: 1080, unit: 'px', dpi: 96 },
  { name: 'square', width: 2048, height: 2048, unit: 'px', dpi: 300 },
];

/** Whole px of a length. */
export function lengthInPx(length: number, unit: DocumentPreset['unit'], dpi: number): number {
  return Math.round(unit === 'px' ? length : (length / mmPerInch) * dpi);
}

/** In px or mm, at most one digit after the point. */
export function lengthOfPx(px: number, unit: DocumentPreset['unit'], dpi: number): number {
  return unit === 'px' ? px : Math.round((px / dpi) * mmPerInch * 10) / 10;
}
