// The border of a selection as closed lines along px edges: where it is selected by half and more.
import type { Region } from '../../../src-main/contract/image.ts';
import { readSelection, selectionRegion, type Selection } from '../../../src-main/raster/selection.ts';
import type { Outline } from './protocol.ts';

/** Edges of a line drawn in full; more are drawn coarser. */
const mostEdges = 60_000;
const bandRows = 256;

/** Unit edges from (x, y) to the next grid point: 0 right, 1 down, 2 left, 3 up; the selected side lies to the right. */
interface Edges {
  /** By start point; at most two start at one point. */
  readonly from: Map<number, number[]>;
  readonly stride: number;
  count: number;
}

export function selectionOutline(selection: Selection): Outline[] {
  const bounds = selectionRegion(selection);
  if (bounds.width === 0) return [];
  for (let step = 1; ; step *= 2) {
    const edges = edgesOf(selection, bounds, step);
    if (edges) return linked(edges, bounds, step);
  }
}

/** Undefined where there are too many. */
function edgesOf(selection: Selection, bounds: Region, step: number): Edges | undefined {
  const [columns, rows] = [Math.ceil(bounds.width / step), Math.ceil(bounds.height / step)];
  const edges: Edges = { from: new Map(), stride: columns + 1, count: 0 };
  const add = (x: number, y: number, direction: number): void => {
    const at = y * edges.stride + x;
    const known = edges.from.get(at);
    if (known) known.push(direction);
    else edges.from.set(at, [direction]);
    edges.count++;
  };
  let above = new Uint8Array(columns);
  for (let band = 0; band < rows; band += bandRows) {
    const count = Math.min(bandRows, rows - band);
    const grey = readSelection(selection, { x: bounds.x, y: bounds.y + band * step, width: bounds.width, height: Math.min(count * step, bounds.height - band * step) });
    for (let row = 0; row < count; row++) {
      const y = band + row;
      const line = new Uint8Array(columns);
      for (let x = 0; x < columns; x++) {
        const inside = (grey[row * step * bounds.width + x * step] ?? 0) >= 128 ? 1 : 0;
        line[x] = inside;
        if (inside && !above[x]) add(x, y, 0);
        if (!inside && above[x]) add(x + 1, y, 2);
        const left = x > 0 ? line[x - 1] : 0;
        if (inside && !left) add(x, y + 1, 3);
        if (!inside && left) add(x, y, 1);
      }
      if (line[columns - 1]) add(columns, y, 1);
      above = line;
    }
    if (edges.count > mostEdges) return undefined;
  }
  for (let x = 0; x < columns; x++) if (above[x]) add(x + 1, rows, 2);
  return edges.count > mostEdges ? undefined : edges;
}

const moves = [[1, 0], [0, 1], [-1, 0], [0, -1]] as const;

function linked({ from, stride }: Edges, bounds: Region, step: number): Outline[] {
  const lines: Outline[] = [];
  for (const [start, directions] of from) {
    while (directions.length > 0) {
      const points: number[] = [];
      let at = start;
      let heading = -1;
      for (;;) {
        const choices = from.get(at);
        if (!choices || choices.length === 0) break;
        // where two meet at a corner, turn right: areas that touch by a corner stay apart
        const index = Math.max(0, choices.indexOf((heading + 1) % 4));
        const [next = 0] = choices.splice(index, 1);
        if (next !== heading) points.push(Math.min(bounds.x + bounds.width, bounds.x + (at % stride) * step), Math.min(bounds.y + bounds.height, bounds.y + Math.floor(at / stride) * step));
        heading = next;
        const [dx, dy] = moves[next] ?? moves[0];
        at += dy * stride + dx;
      }
      lines.push(Float32Array.from(points));
    }
  }
  return lines;
}
