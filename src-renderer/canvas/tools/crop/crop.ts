// Crops the document to a frame: dragged anew, by its handles or as a whole; made on Enter. What lies outside stays in the layers.
import { largestSidePx } from '../../../../src-main/contract/document.ts';
import type { Region } from '../../../../src-main/contract/image.ts';
import { identity } from '../../../../src-main/raster/transform.ts';
import { cornersOf, gripAt, gripped, handles, pointOf, type Frame, type FrameNumbers, type Grip } from '../../frame-gestures.ts';
import { cropDocument } from '../../layer-moves.ts';
import { draggedBox } from '../../selection-drag.ts';
import { noKeys, type Stage, type Tool, type ToolSession } from '../../tool.ts';
import type { Point } from '../../viewport.ts';

function rounded({ x, y, width, height }: Region): Region {
  const side = (value: number): number => Math.min(largestSidePx, Math.max(1, Math.round(value)));
  return { x: Math.round(x), y: Math.round(y), width: side(width), height: side(height) };
}

/** The box a frame's matrix has made, which only moves and scales. */
function boxOf({ box, matrix: [a, , , d, e, f] }: Frame): Region {
  const [left, right] = [a * box.x + e, a * (box.x + box.width) + e];
  const [top, bottom] = [d * box.y + f, d * (box.y + box.height) + f];
  return rounded({ x: Math.min(left, right), y: Math.min(top, bottom), width: Math.abs(right - left), height: Math.abs(bottom - top) });
}

function createCrop(stage: Stage): ToolSession {
  let box: Region | undefined;
  let held: { readonly grip: Grip | undefined; readonly from: Point; readonly box: Region } | undefined;

  const whole = (): Region => ({ x: 0, y: 0, width: stage.record()?.width ?? 1, height: stage.record()?.height ?? 1 });
  const frameOf = (region: Region): Frame => ({ box: region, matrix: identity });
  const isChanged = (): boolean => box !== undefined && JSON.stringify(box) !== JSON.stringify(whole());

  function set(next: Region | undefined): void {
    box = next;
    if (!box) {
      stage.draw([]);
      return stage.tellFrame(undefined);
    }
    const frame = frameOf(box);
    stage.draw([{ kind: 'frame', corners: cornersOf(frame), dims: true, thirds: isChanged() }, ...handles.map((handle) => ({ kind: 'handle' as const, at: pointOf(frame, handle), round: false }))]);
    stage.tellFrame({ ...box, angle: 0, pending: isChanged() });
  }

  /** Width to height as asked for; undefined where it is free. */
  function ratio(): number | undefined {
    const wanted = stage.options().cropRatio;
    if (wanted === 'free') return undefined;
    return wanted === 'document' ? whole().width / whole().height : wanted;
  }

  /** As wide to high as asked for, kept inside what was dragged. */
  function inRatio(region: Region): Region {
    const wanted = ratio();
    if (wanted === undefined) return region;
    const width = Math.min(region.width, region.height * wanted);
    return rounded({ ...region, width, height: width / wanted });
  }

  /** One side takes the other along; where nothing changes, the ratio is new and taken about the middle. */
  function withNumbers(now: Region, changes: Partial<Region>): Region {
    const [next, wanted] = [{ ...now, ...changes }, ratio()];
    if (wanted === undefined || changes.x !== undefined || changes.y !== undefined) return next;
    if (changes.width !== undefined) return { ...next, height: next.width / wanted };
    if (changes.height !== undefined) return { ...next, width: next.height * wanted };
    const { width, height } = inRatio(now);
    return { x: now.x + (now.width - width) / 2, y: now.y + (now.height - height) / 2, width, height };
  }

  function make(): void {
    const record = stage.record();
    if (!record || !box || !isChanged()) return;
    stage.commit({ key: 'canvas.crop' }, cropDocument(record, box));
    set(whole());
  }

  if (stage.record()) set(whole());
  return {
    press: (point) => {
      const now = box ?? whole();
      const grip = gripAt(frameOf(now), point, stage.view().zoom);
      const isFresh = grip?.kind === 'turn' || !grip || (grip.kind === 'move' && !isChanged());
      held = { grip: isFresh ? undefined : grip, from: { x: point.x, y: point.y }, box: now };
    },
    drag: (points, keys) => {
      const last = points.at(-1);
      if (!held || !last) return;
      if (!held.grip) return set(inRatio(draggedBox([held.from, last], keys.shift)));
      const free = held.grip.kind === 'scale' && stage.options().cropRatio === 'free';
      const next = boxOf(gripped(frameOf(held.box), held.grip, held.from, last, { ...noKeys, alt: keys.alt, shift: free !== keys.shift && held.grip.kind === 'scale' }));
      set(held.grip.kind === 'scale' ? inRatio(next) : next);
    },
    release: () => (held = undefined),
    abandon: () => {
      held = undefined;
      set(whole());
    },
    refresh: () => !held && set(whole()),
    leave: () => set(undefined),
    cursor: (point) => {
      const grip = box && gripAt(frameOf(box), point, stage.view().zoom);
      if (!grip || grip.kind === 'turn') return 'crosshair';
      if (grip.kind === 'move') return isChanged() ? 'move' : 'crosshair';
      return grip.handle.x * grip.handle.y > 0 ? 'nwse-resize' : grip.handle.x * grip.handle.y < 0 ? 'nesw-resize' : grip.handle.x === 0 ? 'ns-resize' : 'ew-resize';
    },
    key: (name) => {
      if (!isChanged()) return false;
      if (name === 'Enter') make();
      else if (name === 'Escape') set(whole());
      else return false;
      return true;
    },
    setFrame: ({ angle: _, ...changes }: Partial<FrameNumbers>) => box && set(rounded(withNumbers(box, changes))),
    apply: make,
  };
}

export const crop: Tool = { id: 'crop', cursor: 'crosshair', shortcut: 'C', start: createCrop };
