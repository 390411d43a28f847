// Paint of a glaze, as the host tells it to every window.
import type { AssetId, LayerId } from './document.ts';
import type { EntryId } from './history.ts';

/** Paint of a glaze on the document's grid: tiles are assets that live as long as the host does. */
export interface GlazeTiles {
  readonly document: string;
  readonly layer: LayerId;
  /** Counts up per layer; older ones that arrive late are dropped. */
  readonly sequence: number;
  /** Whole: replaces all tiles. Else only those named; null: no paint there any more. An id may be a tile's name in small paint (small-paint.ts). */
  readonly whole: boolean;
  readonly tiles: Readonly<Record<string, AssetId | null>>;
  /** Painted coarsely; the fine paint follows. */
  readonly coarse: boolean;
  /** Nothing of this layer is waiting to be painted. */
  readonly atRest: boolean;
  /** Of the document's history, as the engine knew it: at rest, all of the layer's paint is of it. */
  readonly state: EntryId;
  /** By place, the state of which everything is to be seen there, by a glance at least. Other places may show an earlier one. */
  readonly painted: Readonly<Record<string, EntryId>>;
}
