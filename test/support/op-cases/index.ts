// All proof cases.
import { broadcastingCases } from './broadcasting.ts';
import { convolutionCases } from './convolution.ts';
import { matrixCases } from './matrix.ts';
import { movementCases } from './movement.ts';
import type { OpCases } from './op-case.ts';
import { pointwiseCases } from './pointwise.ts';
import { resizeCases } from './resize.ts';

export const opCases: OpCases = {
  ...broadcastingCases,
  ...pointwiseCases,
  ...movementCases,
  ...matrixCases,
  ...convolutionCases,
  ...resizeCases,
};
