// Layers moved by hand in the panel, also into groups; a style dropped among them becomes a glaze there.
import { ref, type ComputedRef } from 'vue';
import { rootId, type LayerId } from '../../../src-main/contract/document.ts';
import { useDocument } from '../../document/document-store.ts';
import { childrenOf } from '../../document/layer-changes.ts';
import { withDescendants, type LayerRow } from '../../document/layer-tree.ts';
import { useLayers } from '../../document/layers-store.ts';
import { useGlazes } from '../../layers/glaze/glazes-store.ts';
import { styleDragType } from '../gallery/styles-store.ts';

const layerDragType = 'application/x-velatura-layers';
/** A layer's group and the place in it, from the bottom. */
interface Place {
  readonly group: LayerId;
  readonly index: number;
}
/** Where the line is drawn: over a row, under it, or around a group it goes into. */
export type DropMark = 'above' | 'below' | 'inside';

export interface LayerDrag {
  start(row: LayerRow, event: DragEvent): void;
  over(row: LayerRow, event: DragEvent): void;
  /** Beneath all rows. */
  overEnd(event: DragEvent): void;
  drop(event: DragEvent): void;
  leave(): void;
  /** `undefined`: the end of the list. */
  markOf(row: LayerRow | undefined): DropMark | undefined;
}

export function useLayerDrag(rows: ComputedRef<readonly LayerRow[]>): LayerDrag {
  const document = useDocument();
  const layers = useLayers();
  const glazes = useGlazes();
  const target = ref<{ readonly row: LayerId | undefined; readonly mark: DropMark; readonly place: Place }>();

  const isWanted = (event: DragEvent): boolean =>
    !document.readOnly && (event.dataTransfer?.types.some((type) => type === layerDragType || type === styleDragType) ?? false);

  function placeOf({ layer, group, index }: LayerRow, mark: DropMark): Place {
    if (mark === 'inside' && document.record) return { group: layer.id, index: childrenOf(document.record, layer.id).length };
    return { group, index: mark === 'above' ? index + 1 : index };
  }

  return {
    start(row, event) {
      if (!document.chosen.includes(row.layer.id)) document.chosen = [row.layer.id];
      event.dataTransfer?.setData(layerDragType, row.layer.id);
      if (event.dataTransfer) event.dataTransfer.effectAllowed = 'move';
    },
    over(row, event) {
      if (!isWanted(event)) return;
      event.preventDefault();
      const box = (event.currentTarget as HTMLElement).getBoundingClientRect();
      const share = (event.clientY - box.top) / box.height;
      const isGroup = row.layer.kind === 'group';
      const mark: DropMark = isGroup && share > 0.3 && share < 0.75 ? 'inside' : share < 0.5 ? 'above' : 'below';
      const isInItself = document.record && document.chosen.some((id) => document.record && withDescendants(document.record, id).includes(mark === 'inside' ? row.layer.id : row.group));
      target.value = isInItself && event.dataTransfer?.types.includes(layerDragType) ? undefined : { row: row.layer.id, mark, place: placeOf(row, mark) };
    },
    overEnd(event) {
      if (!isWanted(event) || event.target !== event.currentTarget) return;
      event.preventDefault();
      target.value = { row: undefined, mark: 'below', place: { group: rootId, index: 0 } };
    },
    drop(event) {
      const place = target.value?.place;
      target.value = undefined;
      if (!place || !isWanted(event)) return;
      event.preventDefault();
      event.stopPropagation();
      const style = event.dataTransfer?.getData(styleDragType);
      if (!style) return layers.move(place.group, place.index);
      const below = rows.value.find(({ group, index }) => group === place.group && index === place.index - 1);
      glazes.addGlaze(style, below ? { above: below.layer.id } : {});
    },
    leave: () => void (target.value = undefined),
    markOf: (row) => (target.value && target.value.row === row?.layer.id ? target.value.mark : undefined),
  };
}
