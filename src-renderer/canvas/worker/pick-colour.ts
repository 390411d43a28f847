// The colour at a point of the picture, or of one layer.
import type { Colour } from '../../../src-main/contract/document.ts';
import type { DeskParts } from './desk-parts.ts';
import { loadedComposite, loadedLayer } from './loaded-composite.ts';
import type { CanvasRequests } from './protocol.ts';

/** Mean of a square of 2 · radius + 1 px, opaque; null outside the document or where nothing is painted. */
export async function pickColour(parts: DeskParts, { at, layer, radius }: CanvasRequests['pick']['params']): Promise<Colour | null> {
  const { record } = parts.easel;
  const [x, y] = [Math.floor(at.x), Math.floor(at.y)];
  if (!record || x < 0 || y < 0 || x >= record.width || y >= record.height) return null;
  const region = { x: x - radius, y: y - radius, width: 2 * radius + 1, height: 2 * radius + 1 };
  const surface = layer === undefined ? await loadedComposite(parts, region) : await loadedLayer(parts, layer, region);
  if (!surface) return null;
  const sum = [0, 0, 0, 0];
  for (let at = 0; at < surface.data.length; at++) sum[at % 4] = (sum[at % 4] ?? 0) + (surface.data[at] ?? 0);
  const [r = 0, g = 0, b = 0, a = 0] = sum;
  return a > 0 ? [r / a, g / a, b / a, 1] : null;
}
