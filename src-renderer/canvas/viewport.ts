// Where the document stands on the screen, and the ways between document px and screen px.
import type { Extent, Region } from '../../src-main/contract/image.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** x, y: the point of the document in the middle of the screen. zoom: screen px (device px) per document px. rotation: radians, clockwise. */
export interface View extends Point {
  readonly zoom: number;
  readonly rotation: number;
}

export const smallestZoom = 1 / 128;
export const largestZoom = 64;
/** A document whose sides are no longer than so many px is enlarged when it is fitted, by whole numbers up to `largestFit`. */
const tinyPx = 128;
const largestFit = 32;

/** The zooms that keys step through. */
const zoomSteps: readonly number[] = [1 / 128, 1 / 64, 1 / 32, 1 / 16, 1 / 12, 1 / 8, 1 / 6, 1 / 4, 1 / 3, 1 / 2, 2 / 3, 1, 1.5, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64];

export function toScreen(view: View, screen: Extent, { x, y }: Point): Point {
  const [cos, sin] = [Math.cos(view.rotation), Math.sin(view.rotation)];
  const [dx, dy] = [(x - view.x) * view.zoom, (y - view.y) * view.zoom];
  return { x: cos * dx - sin * dy + screen.width / 2, y: sin * dx + cos * dy + screen.height / 2 };
}

export function toDocument(view: View, screen: Extent, { x, y }: Point): Point {
  const [cos, sin] = [Math.cos(view.rotation), Math.sin(view.rotation)];
  const [dx, dy] = [x - screen.width / 2, y - screen.height / 2];
  return { x: (cos * dx + sin * dy) / view.zoom + view.x, y: (cos * dy - sin * dx) / view.zoom + view.y };
}

/** The view under which a point of the document stands at a point of the screen. */
export function pinned(view: View, screen: Extent, point: Point, at: Point): View {
  const now = toDocument(view, screen, at);
  return { ...view, x: view.x + point.x - now.x, y: view.y + point.y - now.y };
}

export function panned(view: View, dx: number, dy: number): View {
  const [cos, sin] = [Math.cos(view.rotation), Math.sin(view.rotation)];
  return { ...view, x: view.x - (cos * dx + sin * dy) / view.zoom, y: view.y - (cos * dy - sin * dx) / view.zoom };
}

/** Zoomed to a value; the point of the document at `at` stays where it is. */
export function zoomedTo(view: View, screen: Extent, zoom: number, at: Point): View {
  const point = toDocument(view, screen, at);
  return pinned({ ...view, zoom: Math.min(largestZoom, Math.max(smallestZoom, zoom)) }, screen, point, at);
}

/** Turned to an angle about a point of the screen. */
export function rotatedTo(view: View, screen: Extent, rotation: number, at: Point): View {
  const point = toDocument(view, screen, at);
  const full = 2 * Math.PI;
  const turned = ((rotation % full) + full) % full;
  return pinned({ ...view, rotation: Math.abs(turned) < 1e-9 || full - turned < 1e-9 ? 0 : turned }, screen, point, at);
}

export function nextZoom(zoom: number, direction: 1 | -1): number {
  const found = direction > 0 ? zoomSteps.find((step) => step > zoom * 1.001) : zoomSteps.findLast((step) => step < zoom * 0.999);
  return found ?? (direction > 0 ? largestZoom : smallestZoom);
}

/** The whole document in the middle, larger than 1:1 only where it is tiny. `margin` in screen px. */
export function fitted(document: Extent, screen: Extent, margin: number, rotation = 0): View {
  const [cos, sin] = [Math.abs(Math.cos(rotation)), Math.abs(Math.sin(rotation))];
  const width = cos * document.width + sin * document.height;
  const height = sin * document.width + cos * document.height;
  const room = Math.min((screen.width - 2 * margin) / width, (screen.height - 2 * margin) / height);
  const most = Math.max(document.width, document.height) <= tinyPx ? Math.min(largestFit, Math.max(1, Math.floor(room))) : 1;
  return { x: document.width / 2, y: document.height / 2, zoom: Math.max(smallestZoom, Math.min(most, room)), rotation };
}

/** The part of the plane that the screen shows, in document px, as whole px. */
export function visibleRegion(view: View, screen: Extent): Region {
  const corners = [
    toDocument(view, screen, { x: 0, y: 0 }),
    toDocument(view, screen, { x: screen.width, y: 0 }),
    toDocument(view, screen, { x: 0, y: screen.height }),
    toDocument(view, screen, { x: screen.width, y: screen.height }),
  ];
  const [xs, ys] = [corners.map(({ x }) => x), corners.map(({ y }) => y)];
  const [left, top] = [Math.floor(Math.min(...xs)), Math.floor(Math.min(...ys))];
  return { x: left, y: top, width: Math.ceil(Math.max(...xs)) - left, height: Math.ceil(Math.max(...ys)) - top };
}

/** Canvas transform (a, b, c, d, e, f) from document px to screen px. */
export function screenMatrix(view: View, screen: Extent): [number, number, number, number, number, number] {
  const [a, b] = [Math.cos(view.rotation) * view.zoom, Math.sin(view.rotation) * view.zoom];
  const origin = toScreen(view, screen, { x: 0, y: 0 });
  return [a, b, -b, a, origin.x, origin.y];
}
