// Shows layers where a transform would put them, before it is made.
import type { LayerId, Matrix } from '../../../src-main/contract/document.ts';
import type { DeskParts } from './desk.ts';

export interface TransformPreview {
  /** Null: the layers are shown where they are. */
  show(layers: readonly LayerId[], matrix: Matrix | null): void;
}

export function createTransformPreview(_parts: DeskParts): TransformPreview {
  return { show: () => undefined };
}
