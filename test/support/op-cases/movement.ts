// Proof cases of ops/movement.ts.
import { concat, depthToSpace, flip, pad, reflectPad, slice, spaceToDepth, transpose } from '../../../src-main/engine/graph/ops/index.ts';
import { opCase, type OpCases } from './op-case.ts';

const linear = { linearIn: [0] };

export const movementCases: OpCases = {
  transpose: [
    opCase('of a matrix', [[2, 3]], (x) => transpose(x, { order: [1, 0] }), linear),
    opCase('in a circle', [[2, 3, 4]], (x) => transpose(x, { order: [2, 0, 1] }), linear),
    opCase('of six axes', [[1, 2, 3, 2, 1, 2]], (x) => transpose(x, { order: [0, 3, 5, 1, 2, 4] }), linear),
  ],
  slice: [
    opCase('at the start', [[4, 3]], (x) => slice(x, { axes: [0], starts: [0], ends: [2] }), linear),
    opCase('at the end', [[4, 3]], (x) => slice(x, { axes: [1], starts: [2], ends: [3] }), linear),
    opCase('of two axes out of order', [[2, 5, 6]], (x) => slice(x, { axes: [2, 1], starts: [1, 2], ends: [5, 4] }), linear),
    opCase('of everything', [[3]], (x) => slice(x, { axes: [0], starts: [0], ends: [3] }), linear),
  ],
  pad: [
    opCase('unevenly', [[2, 3]], (x) => pad(x, { before: [1, 0], after: [0, 2] }), linear),
    opCase('around a picture', [[1, 2, 2, 3]], (x) => pad(x, { before: [0, 0, 1, 1], after: [0, 0, 1, 1] }), linear),
    opCase('by nothing', [[2]], (x) => pad(x, { before: [0], after: [0] }), linear),
  ],
  flip: [
    opCase('of one axis', [[2, 4]], (x) => flip(x, { axes: [1] }), linear),
    opCase('of two axes', [[2, 3, 3]], (x) => flip(x, { axes: [1, 2] }), linear),
  ],
  concat: [
    opCase('of two along channels', [[2, 1, 2, 2], [2, 3, 2, 2]], (a, b) => concat(a, b, { axis: 1 })),
    opCase('of three along the first axis', [[1, 2], [2, 2], [1, 2]], (a, b, c) => concat(a, b, c, { axis: 0 })),
    opCase('of one', [[2, 2]], (x) => concat(x, { axis: 1 }), linear),
    opCase('of the same twice', [[2, 2]], (x) => concat(x, x, { axis: 0 }), linear),
  ],
  depthToSpace: [
    opCase('block 2', [[2, 8, 2, 3]], (x) => depthToSpace(x, { block: 2 }), linear),
    opCase('block 3', [[1, 9, 2, 1]], (x) => depthToSpace(x, { block: 3 }), linear),
    opCase('undone', [[1, 8, 2, 3]], (x) => spaceToDepth(depthToSpace(x, { block: 2 }), { block: 2 }), linear),
  ],
  spaceToDepth: [
    opCase('block 2', [[2, 2, 4, 6]], (x) => spaceToDepth(x, { block: 2 }), linear),
    opCase('block 3', [[1, 1, 6, 3]], (x) => spaceToDepth(x, { block: 3 }), linear),
  ],
  reflectPad: [
    opCase('by one', [[1, 2, 3, 4]], (x) => reflectPad(x, 1), linear),
    opCase('by all there is', [[1, 1, 3, 4]], (x) => reflectPad(x, 2), linear),
  ],
};
