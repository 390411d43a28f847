// Outlines filled with smooth edges: how much of every pixel lies inside, by the non-zero rule, as exact areas.
import type { Region } from '../contract/image.ts';

export type Outline = readonly (readonly [number, number])[];

/** Bands thinner than this are not divided any further, in px. */
const thinnest = 1e-4;

/**
 * Calls `take` with the shares of a row's pixels inside closed outlines (document px), 0..1, for every row of a region that may hold
 * any; y counts from its top. The shares hold until the next call. Every row depends on its own place alone.
 */
export function eachCoveredRow(outlines: readonly Outline[], region: Region, take: (y: number, shares: Float64Array) => void): void {
  const edges = edgesIn(outlines, region);
  const row = scratchRow(region.width + 2);
  let active: Edge[] = [];
  let next = 0;
  for (let y = 0; y < region.height; y++) {
    const top = region.y + y;
    active = active.filter(({ bottom }) => bottom > top);
    for (; next < edges.length && edges[next]!.top < top + 1; next++) active.push(edges[next]!);
    if (active.length === 0) continue;
    row.fill(0);
    addRow(row, active, top, region);
    let sum = 0;
    for (let x = 0; x < region.width; x++) {
      sum += row[x]!;
      row[x] = Math.min(1, Math.max(0, sum));
    }
    take(y, row);
  }
}

let scratch = new Float64Array(512);

/** One for all outlines of a text: a buffer of its own for each would keep the collector busy. */
function scratchRow(length: number): Float64Array {
  if (scratch.length < length) scratch = new Float64Array(length);
  return scratch.subarray(0, length);
}

/** All rows of a region, as eachCoveredRow gives them. */
export function coverOutlines(outlines: readonly Outline[], region: Region): Float32Array {
  const covered = new Float32Array(region.width * region.height);
  eachCoveredRow(outlines, region, (y, shares) => covered.set(shares.subarray(0, region.width), y * region.width));
  return covered;
}

/** As coverOutlines, 0..255. */
export function fillOutlines(outlines: readonly Outline[], region: Region): Uint8Array {
  return Uint8Array.from(coverOutlines(outlines, region), (share) => Math.round(share * 255));
}

interface Edge {
  readonly top: number;
  readonly bottom: number;
  /** x at `top` and per px of height. */
  readonly x: number;
  readonly slope: number;
  readonly winding: 1 | -1;
}

/** Sorted by their tops; those wholly above or beneath the region are left out. */
function edgesIn(outlines: readonly Outline[], region: Region): Edge[] {
  const edges: Edge[] = [];
  for (const outline of outlines) {
    for (let i = 0; i < outline.length; i++) {
      const [x, y] = outline[i]!;
      const [nextX, nextY] = outline[(i + 1) % outline.length]!;
      if (y === nextY || Math.max(y, nextY) <= region.y || Math.min(y, nextY) >= region.y + region.height) continue;
      const slope = (nextX - x) / (nextY - y);
      edges.push(y < nextY ? { top: y, bottom: nextY, x, slope, winding: 1 } : { top: nextY, bottom: y, x: nextX, slope, winding: -1 });
    }
  }
  return edges.sort((a, b) => a.top - b.top);
}

/** An edge within a band: x at the band's top and bottom, from the region's left. */
interface Side {
  readonly edge: Edge;
  readonly from: number;
  readonly to: number;
}

/** Cuts a row of pixels where edges begin and end: between the cuts every edge goes all the way down. */
function addRow(row: Float64Array, active: readonly Edge[], top: number, region: Region): void {
  const cuts = [top, top + 1];
  for (const edge of active) {
    if (edge.top > top && edge.top < top + 1) cuts.push(edge.top);
    if (edge.bottom > top && edge.bottom < top + 1) cuts.push(edge.bottom);
  }
  cuts.sort((a, b) => a - b);
  for (let i = 0; i + 1 < cuts.length; i++) {
    const [from, to] = [cuts[i]!, cuts[i + 1]!];
    if (to > from) addBand(row, active.filter((edge) => edge.top <= from && edge.bottom >= to), from, to, region);
  }
}

/** Divides a band where edges cross: between crossings their order holds, and with it what is inside. */
function addBand(row: Float64Array, edges: readonly Edge[], top: number, bottom: number, region: Region): void {
  for (let from = top; from < bottom; ) {
    const sides = sidesOf(edges, from, bottom, region.x);
    const cross = firstCrossing(sides);
    if (cross === undefined) return addSides(row, sides, bottom - from, region.width);
    const to = Math.min(bottom, from + Math.max(thinnest, cross * (bottom - from)));
    addSides(row, sidesOf(edges, from, to, region.x), to - from, region.width);
    from = to;
  }
}

function sidesOf(edges: readonly Edge[], top: number, bottom: number, left: number): Side[] {
  const sides = edges.map((edge) => ({ edge, from: edge.x + edge.slope * (top - edge.top) - left, to: edge.x + edge.slope * (bottom - edge.top) - left }));
  return sides.sort((a, b) => a.from - b.from || a.to - b.to);
}

/** Share of the band's height above the first crossing; only neighbours can be the first to cross. */
function firstCrossing(sides: readonly Side[]): number | undefined {
  let first: number | undefined;
  for (let i = 0; i + 1 < sides.length; i++) {
    const apart = sides[i + 1]!.from - sides[i]!.from;
    const swapped = sides[i]!.to - sides[i + 1]!.to;
    if (swapped <= 1e-9) continue;
    const share = apart / (apart + swapped);
    if (first === undefined || share < first) first = share;
  }
  return first;
}

/** Only sides between outside and inside count. */
function addSides(row: Float64Array, sides: readonly Side[], height: number, width: number): void {
  let winding = 0;
  for (const { edge, from, to } of sides) {
    const before = winding;
    winding += edge.winding;
    if (before === 0) addSide(row, from, to, height, width);
    else if (winding === 0) addSide(row, from, to, -height, width);
  }
}

/** Adds the area right of a side to a row of differences: its running sum is the coverage. */
function addSide(row: Float64Array, from: number, to: number, height: number, width: number): void {
  const [left, right] = from < to ? [from, to] : [to, from];
  if (left >= width) return;
  if (right <= 0) {
    row[0]! += height;
    return;
  }
  const perPx = right > left ? height / (right - left) : 0;
  let at = left;
  if (left < 0) {
    row[0]! += perPx * -left;
    at = 0;
  }
  const end = Math.min(right, width);
  if (right - left < 1e-9) return addPart(row, Math.floor(at), at, height);
  while (at < end) {
    const pixel = Math.floor(at);
    const until = Math.min(end, pixel + 1);
    addPart(row, pixel, (at + until) / 2, perPx * (until - at));
    at = until;
  }
}

/** A part of a side within one pixel column, crossing it at `middle` on average. */
function addPart(row: Float64Array, pixel: number, middle: number, height: number): void {
  const inside = (pixel + 1 - middle) * height;
  row[pixel]! += inside;
  row[pixel + 1]! += height - inside;
}
