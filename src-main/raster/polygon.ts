// Outlines filled with smooth edges: how much of every pixel lies inside, by the non-zero rule.
import type { Region } from '../contract/image.ts';

export type Outline = readonly (readonly [number, number])[];

/** Lines per pixel row on which edges are met; along a line, coverage is exact. */
const linesPerPx = 16;

/**
 * Shares of a region's pixels inside closed outlines (document px), 0..255 row by row. Every row depends on its own place alone.
 */
export function fillOutlines(outlines: readonly Outline[], region: Region): Uint8Array {
  const filled = new Uint8Array(region.width * region.height);
  const edges = outlines.flatMap(edgesOf).filter(({ top, bottom }) => top < region.y + region.height && bottom > region.y);
  const row = new Float64Array(region.width + 2);
  for (let y = 0; y < region.height; y++) {
    const top = region.y + y;
    const near = edges.filter((edge) => edge.top < top + 1 && edge.bottom > top);
    if (near.length === 0) continue;
    row.fill(0);
    for (let line = 0; line < linesPerPx; line++) addLine(row, near, top + (line + 0.5) / linesPerPx, region);
    let sum = 0;
    for (let x = 0; x < region.width; x++) {
      sum += row[x];
      filled[y * region.width + x] = Math.min(255, Math.max(0, Math.round((sum * 255) / linesPerPx)));
    }
  }
  return filled;
}

interface Edge {
  readonly top: number;
  readonly bottom: number;
  /** x at height 0 and per px of height. */
  readonly x: number;
  readonly slope: number;
  readonly winding: 1 | -1;
}

function edgesOf(outline: Outline): Edge[] {
  return outline.flatMap(([x, y], index): Edge[] => {
    const [nextX, nextY] = outline[(index + 1) % outline.length];
    if (y === nextY) return [];
    const slope = (nextX - x) / (nextY - y);
    return [{ top: Math.min(y, nextY), bottom: Math.max(y, nextY), x: x - slope * y, slope, winding: y < nextY ? 1 : -1 }];
  });
}

function addLine(row: Float64Array, edges: readonly Edge[], y: number, region: Region): void {
  const met = edges.filter(({ top, bottom }) => top <= y && y < bottom).map(({ x, slope, winding }) => ({ at: x + slope * y - region.x, winding }));
  met.sort((a, b) => a.at - b.at);
  let winding = 0;
  for (let i = 0; i + 1 < met.length; i++) {
    winding += met[i].winding;
    if (winding === 0) continue;
    const from = Math.min(Math.max(met[i].at, 0), region.width);
    const to = Math.min(Math.max(met[i + 1].at, 0), region.width);
    // the row holds differences: its running sum is the coverage
    if (to > from) {
      addFrom(row, from, 1);
      addFrom(row, to, -1);
    }
  }
}

/** Adds `value` to everything right of a place, and its share to the pixel that holds it. */
function addFrom(row: Float64Array, place: number, value: number): void {
  const pixel = Math.floor(place);
  const inside = (pixel + 1 - place) * value;
  row[pixel] += inside;
  row[pixel + 1] += value - inside;
}
