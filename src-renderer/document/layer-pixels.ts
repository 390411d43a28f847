// Acts on layers whose pixels the canvas makes anew: merging, flattening, masks into paint.
import type { Change } from '../../src-main/contract/changes.ts';
import type { Layer, LayerId, Mask } from '../../src-main/contract/document.ts';
import type { HistoryLabel } from '../../src-main/contract/history.ts';
import { useCanvas } from '../canvas/canvas-store.ts';
import { useDocument } from './document-store.ts';
import { envelope, setProp } from './layer-changes.ts';
import { replaceByPaint, type LayerEdit } from './layer-edits.ts';
import { createMergedPaint } from './merged-paint.ts';
import { beneath, topmost } from './layer-tree.ts';

export interface LayerActs {
  perform(key: string, edit: LayerEdit, subject?: LayerId): void;
  label(key: string, id?: LayerId): HistoryLabel;
  setMask(key: string, mask: Mask | undefined): void;
}

export function createLayerPixels({ perform, label, setMask }: LayerActs) {
  const document = useDocument();
  const canvas = useCanvas();
  const mergedPaint = createMergedPaint();

  /** Composited by the canvas into one layer of paint that keeps the place of the lowest. */
  async function paintOver(key: string, ids: readonly LayerId[], like: Layer): Promise<void> {
    const pixels = await mergedPaint(ids);
    const { record } = document;
    if (!record || !pixels) return;
    perform(key, replaceByPaint(record, ids, { ...envelope(like.name), clip: like.clip }, pixels), like.id);
  }

  /** The chosen layers, or the active one with the layer beneath it. */
  async function merge(): Promise<void> {
    const { record, activeLayer } = document;
    if (!record || !activeLayer) return;
    const below = beneath(record, activeLayer.id);
    const ids = document.chosen.length > 1 ? topmost(record, document.chosen) : below ? [below.id, activeLayer.id] : [];
    const lowest = ids[0] === undefined ? undefined : record.layers[ids[0]];
    if (lowest) await paintOver('merge', ids, lowest);
  }

  async function toPaint(): Promise<void> {
    const { activeLayer } = document;
    if (activeLayer) await paintOver(activeLayer.kind === 'group' ? 'flatten' : 'rasterize', [activeLayer.id], activeLayer);
  }

  async function maskFromSelection(): Promise<void> {
    const raster = await canvas.selectionMask(0);
    if (raster) setMask('addMask', { ...raster, outside: 0, enabled: true });
  }

  async function applyMask(): Promise<void> {
    const id = document.chosen[0];
    if (id === undefined) return;
    await canvas.settled();
    const pixels = await canvas.appliedMask(id);
    const { record } = document;
    if (!record || !pixels) return;
    const changes: Change[] = [...setProp(record, id, ['pixels'], pixels), ...setProp(record, id, ['mask'], undefined)];
    document.commit(label('applyMask', id), changes);
  }

  async function invertMask(): Promise<void> {
    const id = document.chosen[0];
    if (id === undefined) return;
    await canvas.settled();
    const mask = await canvas.invertedMask(id);
    if (mask && document.record) document.commit(label('invertMask', id), setProp(document.record, id, ['mask'], mask));
  }

  return { merge, toPaint, maskFromSelection, applyMask, invertMask };
}
