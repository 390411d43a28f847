// The view of the open document: where it stands on the screen, and the ways to move it.
import { computed, shallowRef } from 'vue';
import type { Extent } from '../../src-main/contract/image.ts';
import { fitted, nextZoom, panned, rotatedTo, zoomedTo, type Point, type View } from './viewport.ts';

/** Room left around a fitted document, CSS px. */
const fitMarginPx = 24;

export function createViewState(extent: () => Extent | undefined) {
  const view = shallowRef<View>({ x: 0, y: 0, zoom: 1, rotation: 0 });
  /** Of the canvas, device px. */
  const screen = shallowRef<Extent>({ width: 1, height: 1 });
  /** Device px per CSS px. */
  const ratio = shallowRef(1);
  /** Fitted until the artist moves it: follows the window's size. */
  const isFitted = shallowRef(true);
  const middle = computed<Point>(() => ({ x: screen.value.width / 2, y: screen.value.height / 2 }));

  function set(next: View): void {
    isFitted.value = false;
    view.value = next;
  }

  function fit(): void {
    const document = extent();
    if (!document) return;
    view.value = fitted(document, screen.value, fitMarginPx * ratio.value, view.value.rotation);
    isFitted.value = true;
  }

  return {
    view,
    screen,
    ratio,
    isFitted,
    fit,
    setView: set,
    resize(size: Extent, pixelRatio: number): void {
      screen.value = size;
      ratio.value = pixelRatio;
      if (isFitted.value) fit();
    },
    oneToOne: (at: Point = middle.value): void => set(zoomedTo(view.value, screen.value, 1, at)),
    /** zoom: device px per document px; `at` in device px of the canvas. */
    zoomTo: (zoom: number, at: Point = middle.value): void => set(zoomedTo(view.value, screen.value, zoom, at)),
    zoomIn: (at: Point = middle.value): void => set(zoomedTo(view.value, screen.value, nextZoom(view.value.zoom, 1), at)),
    zoomOut: (at: Point = middle.value): void => set(zoomedTo(view.value, screen.value, nextZoom(view.value.zoom, -1), at)),
    /** Radians, clockwise. */
    rotateTo: (rotation: number, at: Point = middle.value): void => set(rotatedTo(view.value, screen.value, rotation, at)),
    /** Device px. */
    pan: (dx: number, dy: number): void => set(panned(view.value, dx, dy)),
  };
}
