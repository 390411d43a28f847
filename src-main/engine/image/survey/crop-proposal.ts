// The part of a painting that is worth learning from: without what lies round it and without writing in its corners.
import type { Extent, Region } from '../../../contract/image.ts';

/** Writing is left out only where at least this share of the painting stays. */
const leastKept = 0.6;
/** A painting that is a smaller share of its picture was photographed from too far away. */
const leastPainting = 0.2;
/** Taken off beside a border's inner edge, which is never quite sharp, in px. */
const edgePx = 2;

/** The largest such rectangle inside `inner`, the painting within its borders; nothing where that is all of the picture, or too little. */
export function cropProposal(frame: Extent, inner: Region, marks: readonly Region[]): Region | undefined {
  const painting = awayFromBorders(frame, inner);
  if (areaOf(painting) < leastPainting * areaOf(frame)) return undefined;
  const cut = marks.reduce((kept, mark) => kept.flatMap((each) => partsWithout(each, mark)), [painting]);
  const largest = cut.reduce((best, each) => (areaOf(each) > areaOf(best) ? each : best));
  const best = areaOf(largest) >= leastKept * areaOf(painting) ? largest : painting;
  return areaOf(best) < areaOf(frame) ? best : undefined;
}

function areaOf({ width, height }: Extent): number {
  return width * height;
}

function awayFromBorders(frame: Extent, inner: Region): Region {
  const from = (start: number): number => (start > 0 ? start + edgePx : 0);
  const to = (end: number, length: number): number => (end < length ? end - edgePx : length);
  const [x, y] = [from(inner.x), from(inner.y)];
  return { x, y, width: to(inner.x + inner.width, frame.width) - x, height: to(inner.y + inner.height, frame.height) - y };
}

/** What can be kept of a region on either side of a mark; the region itself where it does not hold the mark. */
function partsWithout(region: Region, mark: Region): Region[] {
  const [right, bottom] = [region.x + region.width, region.y + region.height];
  const [markRight, markBottom] = [mark.x + mark.width, mark.y + mark.height];
  if (mark.x >= right || markRight <= region.x || mark.y >= bottom || markBottom <= region.y) return [region];
  return [
    { ...region, width: mark.x - region.x },
    { ...region, x: markRight, width: right - markRight },
    { ...region, height: mark.y - region.y },
    { ...region, y: markBottom, height: bottom - markBottom },
  ].filter(({ width, height }) => width > 0 && height > 0);
}
