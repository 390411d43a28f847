// One surface laid into another by a mode of OpenType's COLR table: Porter and Duff's, and those that blend colours.
import type { ChannelMode } from '../../raster/blend.ts';
import { blendSurface } from '../../raster/blend-surface.ts';
import type { Surface } from '../../raster/surface.ts';

const sourceOver = 3;
/** Shares of source and destination by their alphas, by HarfBuzz's number of the mode: clear, src, dest, src over … plus. */
const shares: readonly ((source: number, destination: number) => readonly [number, number])[] = [
  () => [0, 0],
  () => [1, 0],
  () => [0, 1],
  (s) => [1, 1 - s],
  (_, d) => [1 - d, 1],
  (_, d) => [d, 0],
  (s) => [0, s],
  (_, d) => [1 - d, 0],
  (s) => [0, 1 - s],
  (s, d) => [d, 1 - s],
  (s, d) => [1 - d, s],
  (s, d) => [1 - d, 1 - s],
  () => [1, 1],
];
/** From `screen`, number 13, on; what follows them (hue, saturation, colour, luminosity) is laid over. */
const blends: readonly ChannelMode[] = ['screen', 'overlay', 'darken', 'lighten', 'color-dodge', 'color-burn', 'hard-light', 'soft-light', 'difference', 'exclusion', 'multiply'];

/** The source lies within the other, where the result is. */
export function mergeSurfaces(into: Surface, source: Surface, mode = sourceOver): void {
  const blend = blends[mode - shares.length];
  const share = shares[mode] ?? shares[sourceOver]!;
  const width = source.region.width * 4;
  for (let y = 0; y < source.region.height; y++) {
    const from = ((source.region.y - into.region.y + y) * into.region.width + source.region.x - into.region.x) * 4;
    const beneath = into.data.subarray(from, from + width);
    const above = source.data.subarray(y * width, (y + 1) * width);
    if (blend) {
      const region = { ...source.region, y: source.region.y + y, height: 1 };
      blendSurface({ region, data: beneath }, { region, data: above }, { mode: blend, opacity: 1 });
      continue;
    }
    for (let at = 0; at < width; at += 4) {
      const [s, d] = share(above[at + 3]!, beneath[at + 3]!);
      for (let i = at; i < at + 4; i++) beneath[i] = Math.min(1, above[i]! * s + beneath[i]! * d);
    }
  }
}
