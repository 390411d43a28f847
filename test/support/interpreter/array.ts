// Float64 arrays with a shape, and the flat places that a strided read visits.

/** Row-major numbers; whole numbers and truth values (0, 1) are kept as float64 too. */
export interface NdArray {
  readonly shape: readonly number[];
  readonly data: Float64Array;
}

export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, dim) => product * dim, 1);
}

export function zeros(shape: readonly number[]): NdArray {
  return { shape, data: new Float64Array(sizeOf(shape)) };
}

/** Steps between neighbours of each axis. */
export function stridesOf(shape: readonly number[]): number[] {
  const strides: number[] = [];
  let step = 1;
  for (const dim of [...shape].reverse()) {
    strides.unshift(step);
    step *= dim;
  }
  return strides;
}

/** Source places of a result of `shape` whose axis i steps by strides[i]. */
export function places(shape: readonly number[], strides: readonly number[], start = 0): Int32Array {
  let found = Int32Array.of(start);
  for (const [axis, dim] of shape.entries()) {
    const grown = new Int32Array(found.length * dim);
    for (const [outer, place] of found.entries()) {
      for (let inner = 0; inner < dim; inner++) grown[outer * dim + inner] = place + inner * strides[axis];
    }
    found = grown;
  }
  return found;
}

/** The result whose numbers lie at the given places of x. */
export function gather(x: NdArray, shape: readonly number[], from: Int32Array): NdArray {
  return { shape, data: Float64Array.from(from, (place) => x.data[place]) };
}

export function broadcastShape(shapes: readonly (readonly number[])[]): number[] {
  const rank = Math.max(...shapes.map((shape) => shape.length));
  return Array.from({ length: rank }, (_, axis) => {
    const dims = new Set(shapes.map((shape) => shape[shape.length - rank + axis] ?? 1));
    dims.delete(1);
    if (dims.size > 1) throw new Error(`shapes do not broadcast: ${JSON.stringify(shapes)}`);
    return [...dims][0] ?? 1;
  });
}

/** x repeated to `shape`: repeated axes stand still. */
export function broadcastTo(x: NdArray, shape: readonly number[]): NdArray {
  if (x.shape.join() === shape.join()) return x;
  const own = stridesOf(x.shape);
  const lead = shape.length - x.shape.length;
  const strides = shape.map((_, axis) => (axis < lead || x.shape[axis - lead] === 1 ? 0 : own[axis - lead]));
  return gather(x, shape, places(shape, strides));
}
