// How large a stroke comes out on paper.
import type { Extent } from '../../../src-main/contract/image.ts';

/** Width of a brush stroke in a picture of the size at which styles are learned, in px: what the eye takes for one stroke. */
const strokePx = 8;
const mmPerInch = 25.4;

/** Width of a stroke in mm on paper; undefined where one pass at the document's own pixels is asked for (0 %). */
export function strokeMm(strokePercent: number, document: Extent & { readonly dpi: number }, learnedSizePx: number): number | undefined {
  if (strokePercent === 0) return undefined;
  const longSideMm = (Math.max(document.width, document.height) / document.dpi) * mmPerInch;
  return (longSideMm * strokePx * strokePercent) / (100 * learnedSizePx);
}
