// How far the strokes of a style's paintings run along the forms they paint.
import { input } from '../graph/ops/index.ts';
import { flowCellPx, flowLevelName, flowOf } from '../losses/flow.ts';
import { emit } from '../onnx/emit.ts';
import type { SessionFactory, SessionOptions } from '../runtime/session.ts';
import { planesOf } from '../tensor/layout.ts';
import { scalar, type Tensor } from '../tensor/tensor.ts';
import type { Picture } from './augment.ts';

/** Part of a painting's cells that follow its forms less than what is asked of pictures: not all of them can, where others do not. */
const levelRank = 0.75;
/** A smaller picture has no cell whose form is known. */
const leastSidePx = 4 * flowCellPx;

/**
 * The feed of flowLoss: the agreement that a quarter of the paintings' cells, weighed by how sure their forms are, surpass; 0 where they are too small
 * to tell. About 0.5 for points and dabs, 0.9 for the lines of The Scream. Throws session.*.
 */
export async function flowTarget(paintings: readonly Picture[], sessions: SessionFactory, options: SessionOptions): Promise<Record<string, Tensor>> {
  const cells: Cell[] = [];
  for (const painting of paintings) if (Math.min(painting.width, painting.height) >= leastSidePx) cells.push(...(await cellsOf(painting, sessions, options)));
  return { [flowLevelName]: scalar(Math.max(0, levelOf(cells))) };
}

interface Cell {
  readonly agreement: number;
  readonly sureness: number;
}

async function cellsOf(painting: Picture, sessions: SessionFactory, options: SessionOptions): Promise<Cell[]> {
  const planes = planesOf(painting);
  const picture = input('picture', planes.shape);
  const session = await sessions.open(emit({ ...flowOf(picture, picture) }), options);
  try {
    const { agreement, sureness } = await session.run({ picture: planes });
    const weights = sureness.data as Float32Array;
    return Array.from(agreement.data as Float32Array, (value, at) => ({ agreement: value, sureness: weights[at] }));
  } finally {
    await session.release();
  }
}

function levelOf(cells: readonly Cell[]): number {
  const sorted = [...cells].sort((one, other) => one.agreement - other.agreement);
  let left = levelRank * sorted.reduce((sum, { sureness }) => sum + sureness, 0);
  return sorted.find(({ sureness }) => (left -= sureness) <= 0)?.agreement ?? 0;
}
