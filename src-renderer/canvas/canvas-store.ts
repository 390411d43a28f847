// The canvas as the window knows it: view, tools, selection, and what of its pixels others may ask for.
import { usePreferredReducedMotion } from '@vueuse/core';
import { defineStore } from 'pinia';
import { computed, markRaw, ref, shallowRef, watch } from 'vue';
import type { LayerId, Mask, Raster } from '../../src-main/contract/document.ts';
import { useDocument } from '../document/document-store.ts';
import { useStyles } from '../panels/gallery/styles-store.ts';
import { useSettings } from '../settings/settings-store.ts';
import { useNotices } from '../shell/notices-store.ts';
import { openCanvasLink, type CanvasLink } from './canvas-link.ts';
import { followLinks } from './follow-links.ts';
import { createPaintState } from './paint-state.ts';
import { createStage } from './stage.ts';
import type { FrameState, OverlayShape, ToolSession } from './tool.ts';
import { createStrokeNotices } from './stroke-notices.ts';
import { createViewState } from './view-state.ts';
import type { CanvasMethod, CanvasRequests, SelectionMode, SelectionShape, SelectionState, Split } from './worker/protocol.ts';

const standardMemoryMB = 1024;
const nothingSelected: SelectionState = { has: false, bounds: { x: 0, y: 0, width: 0, height: 0 }, outline: [] };

export const useCanvas = defineStore('canvas', () => {
  const studio = useDocument();
  const settings = useSettings();
  const notices = useNotices();
  const paint = createPaintState();
  const view = createViewState(() => studio.record);
  const split = shallowRef<Split>();
  /** Layers not shown for the moment: a before/after button is held. */
  const hidden = shallowRef<readonly LayerId[]>([]);
  const selection = shallowRef<SelectionState>(nothingSelected);
  const overlay = shallowRef<readonly OverlayShape[]>([]);
  /** The frame of a transform or crop, for the options bar. */
  const frame = shallowRef<FrameState>();
  /** The tool at work. */
  const session = shallowRef<ToolSession>();
  /** Tiles in sight that still wait to be shown as they are. */
  const waiting = ref(0);
  /** Strokes and the like that are not committed yet. */
  const painting = ref(0);
  const showsRulers = ref(false);
  const rulerUnit = ref<'px' | 'mm'>('px');
  const link = shallowRef<CanvasLink>();
  const motion = usePreferredReducedMotion();
  const colours = shallowRef({ checker: ['#5d5d60', '#4c4c4f'] as readonly [string, string], around: '#141415' });

  const send = computed(() => link.value?.worker.send);

  function attach(element: HTMLCanvasElement): void {
    const memoryMB = settings.settings.memoryMB ?? standardMemoryMB;
    link.value = markRaw(
      openCanvasLink({
        canvas: element.transferControlToOffscreen(),
        memoryMB,
        listen: (news) => {
          if (news.kind === 'selection') selection.value = markRaw(news.selection);
          else if (news.kind === 'busy') waiting.value = news.waiting;
          else if (news.kind === 'unchanged') strokes.unchanged(news);
          else notices.show({ kind: 'fault', fault: news.fault });
        },
        painting: (count) => void (painting.value = count),
        committed: strokes.committed,
        fail: notices.fault,
      }),
    );
    tellView();
    tellLook();
  }

  function tellView(): void {
    send.value?.({ kind: 'view', view: view.view.value, screen: view.screen.value });
  }

  function tellLook(): void {
    send.value?.({ kind: 'look', ...colours.value, still: motion.value === 'reduce', hidden: [...hidden.value], split: split.value ? { ...split.value } : null });
  }

  watch([view.view, view.screen], tellView, { flush: 'sync' });
  watch([hidden, split, colours, motion], tellLook, { flush: 'sync' });
  watch(() => settings.settings.memoryMB, (memoryMB) => send.value?.({ kind: 'memory', memoryMB: memoryMB ?? standardMemoryMB }));
  watch([() => studio.record?.width, () => studio.record?.height], () => view.isFitted.value && view.fit());
  // A mask is painted on by choice, layer by layer.
  watch(() => studio.activeLayer?.id, () => (paint.paintsMask.value = false), { flush: 'sync' });
  watch(() => studio.activeLayer?.mask === undefined, (isGone) => isGone && (paint.paintsMask.value = false), { flush: 'sync' });
  studio.onOpen(() => {
    split.value = undefined;
    hidden.value = [];
    selection.value = nothingSelected;
    view.rotateTo(0);
    view.fit();
  });

  followLinks();

  /** Throws StudioError with the canvas's fault. */
  async function ask<M extends CanvasMethod>(method: M, params: CanvasRequests[M]['params']): Promise<CanvasRequests[M]['answer'] | undefined> {
    return link.value?.worker.ask(method, params);
  }

  const strokes = createStrokeNotices({ studio, notices, styles: useStyles(), send: (message) => send.value?.(message) });
  const stage = createStage({ studio, paint, view, selection, overlay, frame, notices, strokes, worker: () => link.value?.worker });

  return {
    ...paint,
    ...view,
    split,
    hidden,
    selection,
    overlay,
    frame,
    session,
    waiting,
    painting,
    showsRulers,
    rulerUnit,
    colours,
    stage: markRaw(stage),
    attach,
    /** A picture of a layer's paint or of its mask, at most `px` on its long side. */
    layerThumbnail: async (layer: LayerId, px: number, part: 'pixels' | 'mask' = 'pixels'): Promise<ImageBitmap | undefined> => (await ask('thumbnail', { layer, part, longSidePx: px })) ?? undefined,
    /** The whole picture as an encoded file. */
    stateThumbnail: async (px: number): Promise<Blob | undefined> => (await ask('state', { longSidePx: px })) ?? undefined,
    /** Resolves once all strokes are on disk and committed. */
    settled: async (): Promise<void> => {
      await Promise.all([studio.finishEdits(), ask('settle', null)]);
    },
    /** Layers composited into one raster, its tiles on disk; null: their glazes have other paint than of these sequences. */
    mergeToRaster: (layers: readonly LayerId[], sequences: Readonly<Record<LayerId, number>>): Promise<Raster | null | undefined> => ask('merge', { layers: [...layers], sequences }),
    /** A layer's paint with its mask in it. */
    appliedMask: async (layer: LayerId): Promise<Raster | undefined> => (await ask('applyMask', { layer })) ?? undefined,
    /** A layer's mask turned round. */
    invertedMask: async (layer: LayerId): Promise<Mask | undefined> => (await ask('invertMask', { layer })) ?? undefined,
    /** The selection as the tiles of a mask; undefined where nothing is selected. */
    selectionMask: async (outside: 0 | 255 = 0): Promise<Raster | undefined> => (await ask('selectionMask', { outside })) ?? undefined,
    select: async (shape: SelectionShape, mode: SelectionMode = 'replace', feather = 0): Promise<void> => void (await ask('select', { shape, mode, feather })),
    /** Canvas-made figures; for measuring. */
    stats: () => ask('stats', null),
    ask,
  };
});

