// Paint on an alpha that is locked: how much of it can be seen, and whether any of it can.
import type { Mask, Raster } from '../../../src-main/contract/document.ts';
import type { Region } from '../../../src-main/contract/image.ts';
import type { CoverageOf } from '../../../src-main/raster/coverage.ts';
import { readRaster, type BytesOf } from '../../../src-main/raster/tiles.ts';

/** A raster's alpha as shares. */
export function alphaOf(raster: Raster | Mask, bytes: BytesOf): CoverageOf {
  return (region) => {
    const { data } = readRaster(raster, region, bytes);
    const most = raster.depth === 8 ? 255 : 65535;
    return Float32Array.from({ length: data.length / 4 }, (_, pixel) => (data[pixel * 4 + 3] ?? 0) / most);
  };
}

/** Whether something is covered, and all of it is see-through. */
export function isBareUnder(raster: Raster | Mask, region: Region, coverage: CoverageOf, bytes: BytesOf): boolean {
  const covered = coverage(region);
  if (!covered?.some((share) => share > 0)) return false;
  const alpha = alphaOf(raster, bytes)(region);
  return !covered.some((share, at) => share > 0 && (alpha?.[at] ?? 0) > 0);
}
