// The parts of the canvas worker that its requests and gestures work with.
import type { AssetCache } from './asset-cache.ts';
import type { AssetLine } from './asset-line.ts';
import type { DocumentMirror } from './document-mirror.ts';
import type { Easel } from './easel.ts';
import type { PixelSteps } from './pixel-steps.ts';
import type { FromWorker } from './protocol.ts';
import type { SelectionHolder } from './selection-holder.ts';

export interface DeskParts {
  readonly cache: AssetCache;
  readonly line: AssetLine;
  readonly mirror: DocumentMirror;
  readonly easel: Easel;
  readonly steps: PixelSteps;
  readonly selection: SelectionHolder;
  post(message: FromWorker): void;
}
