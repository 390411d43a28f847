// What a glaze sees of a document: the part of its group that lies beneath it, or would lie beneath a new one.
import type { DocumentRecord } from '../../contract/document.ts';
import type { GlazeSight } from '../../contract/engine-api.ts';
import { parentOf, stretchOf } from '../../raster/clipping-group.ts';
import type { CompositeOptions } from '../../raster/composite.ts';

/** Options of a composite that shows it; the whole picture where no layer is named. Throws document.corrupt where the layer is not there. */
export function sightOf(record: DocumentRecord, { beneath, above }: GlazeSight): CompositeOptions {
  if (beneath !== undefined) return { beneath };
  if (above === undefined) return {};
  const [next] = stretchOf(record, { above });
  return next ? { beneath: next.base.id } : { group: parentOf(record, above) };
}
