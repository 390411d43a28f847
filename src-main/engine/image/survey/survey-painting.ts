// Judges a painting before a style is learned from it: what lies round it, what is written in its corners, what its texture is.
import type { Extent, PixelBuffer, Region } from '../../../contract/image.ts';
import { cropPatch, planesOf } from '../../tensor/layout.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { resample } from '../resample.ts';
import { withinBorders } from './borders.ts';
import { cornerMarks, corners, type Corner } from './corner-marks.ts';
import { cropProposal } from './crop-proposal.ts';
import { isBlurred, isOneTexture } from './texture.ts';

/** Long side in px at which a painting is looked at; the measures inside are tuned to it. */
export const surveySizePx = 640;

/** Of the texture of smaller paintings, where a letter is a few px, nothing is said. */
const leastJudgedPx = 300;

export type PaintingFinding = 'framed' | `mark-${Corner}` | 'one-texture' | 'blurred';

export interface PaintingSurvey {
  readonly findings: readonly PaintingFinding[];
  /** What would be better to learn from, in px of `of`, on even numbers. */
  readonly crop?: Region;
}

/** Judges 8- or 16-bit pixels (larger ones are reduced first); the crop is told in px of `of`, the file they were decoded from. */
export function surveyPainting(pixels: PixelBuffer, of: Extent = pixels): PaintingSurvey {
  const planes = reduced(planesOf(pixels));
  const frame = extentOf(planes);
  const inner = withinBorders(planes);
  const framed = inner.width < frame.width || inner.height < frame.height;
  const painting = framed ? cut(planes, inner) : planes;
  const judged = Math.max(inner.width, inner.height) >= leastJudgedPx;
  const marks = judged ? cornerMarks(painting) : {};
  const marked = corners.filter((corner) => marks[corner]);
  const findings: readonly (readonly [boolean, PaintingFinding])[] = [
    [framed, 'framed'],
    ...marked.map((corner) => [true, `mark-${corner}`] as const),
    [judged && isOneTexture(painting), 'one-texture'],
    [judged && isBlurred(painting), 'blurred'],
  ];
  const places = marked.map((corner) => marks[corner]!).map((mark) => ({ ...mark, x: mark.x + inner.x, y: mark.y + inner.y }));
  const crop = cropProposal(frame, inner, places);
  return { findings: findings.flatMap(([holds, finding]) => (holds ? [finding] : [])), ...(crop && { crop: scaled(crop, frame, of) }) };
}

function extentOf({ shape }: Tensor): Extent {
  const [, , height = 0, width = 0] = shape;
  return { width, height };
}

function reduced(planes: Tensor): Tensor {
  const from = extentOf(planes);
  const scale = surveySizePx / Math.max(from.width, from.height);
  if (scale >= 1) return planes;
  const to = { width: Math.max(1, Math.round(from.width * scale)), height: Math.max(1, Math.round(from.height * scale)) };
  return resample({ place: { x: 0, y: 0, ...from }, planes }, from, to, { x: 0, y: 0, ...to }).planes;
}

function cut(planes: Tensor, region: Region): Tensor {
  return cropPatch({ place: { x: 0, y: 0, ...extentOf(planes) }, planes }, region).planes;
}

/** Rounded inwards, to even numbers that can be written down. */
function scaled({ x, y, width, height }: Region, from: Extent, to: Extent): Region {
  const [across, down] = [to.width / from.width, to.height / from.height];
  const [left, top] = [2 * Math.ceil((x * across) / 2), 2 * Math.ceil((y * down) / 2)];
  const right = x + width === from.width ? to.width : 2 * Math.floor(((x + width) * across) / 2);
  const bottom = y + height === from.height ? to.height : 2 * Math.floor(((y + height) * down) / 2);
  return { x: left, y: top, width: right - left, height: bottom - top };
}
