// What the artist asks of a run while it goes: the balance of painting and picture, and parts to see more or less like.
import type { Region } from '../../contract/image.ts';
import { lossTerms, type Emphasis } from '../../contract/training.ts';
import type { Random } from '../tensor/random.ts';
import { tensor } from '../tensor/tensor.ts';
import { drawCrop, type Picture } from './augment.ts';
import type { Batch, BatchRule } from './batch.ts';

/** A part the artist marked: what the networks were shown there, and what they had painted. */
export interface MarkedPart {
  readonly verdict: 'more' | 'less';
  readonly content: Picture;
  readonly painted: Picture;
}

export interface Steering {
  /** 0 more of the picture, 0.5 as planned, 1 more of the painting. */
  readonly balance: number;
  readonly marks: readonly MarkedPart[];
}

/** Factor between the middle of the balance and its ends. */
const strongest = 3;
/** Share of steps that look at a marked part, however many there are. */
const markedShare = 0.35;
/** What was refused weighs more for the generator: its style there, and what the discriminator says of it. */
const refused: Emphasis = { style: 1.5, adversarial: 1.5 };
const [contentScale, patchScale] = [[0.8, 1.3], [0.85, 1.2]] as const;

/** Factors on style, and on content, tone and chroma, for a balance in [0,1]; 1 in the middle. */
export function emphasisOf(balance: number): Emphasis {
  const factor = strongest ** (2 * balance - 1);
  return { style: factor, content: 1 / factor, tone: 1 / factor, chroma: 1 / factor };
}

/**
 * A batch as the artist's wishes change it. In some steps the content is a marked part: one that is refused is painted again
 * and judged harder; of one that is liked, what was painted there also joins the painter's patches, as something real.
 */
export function steer(batch: Batch, { balance, marks }: Steering, rule: BatchRule, random: Random): Batch {
  const emphasis = emphasisOf(balance);
  if (marks.length === 0 || random.uniform() >= markedShare) return { ...batch, emphasis };
  const { verdict, content, painted } = marks[random.integer(marks.length)];
  const shown = tensor(batch.content.shape);
  drawCrop(content, { sizePx: rule.cropPx, scale: contentScale }, random, shown.data, 0);
  if (verdict === 'less') return { ...batch, content: shown, emphasis: product(emphasis, refused) };
  const patches = tensor(batch.patches.shape, batch.patches.data.slice());
  drawCrop(painted, { sizePx: rule.patchPx, scale: patchScale }, random, patches.data, 0);
  return { ...batch, content: shown, patches, emphasis };
}

function product(one: Emphasis, other: Emphasis): Emphasis {
  return Object.fromEntries(lossTerms.map((term) => [term, (one[term] ?? 1) * (other[term] ?? 1)]));
}

/** A part of a picture, grown where needed so that a crop of `leastPx` fits; never past the picture's edges. */
export function cutPart(picture: Picture, region: Region, leastPx: number): Picture {
  const across = span(region.x, region.width, picture.width, leastPx);
  const down = span(region.y, region.height, picture.height, leastPx);
  const data = new Uint8Array(3 * across.size * down.size);
  for (let row = 0; row < down.size; row++) {
    const from = 3 * ((down.start + row) * picture.width + across.start);
    data.set(picture.data.subarray(from, from + 3 * across.size), 3 * row * across.size);
  }
  return { width: across.size, height: down.size, channels: 3, depth: 8, data };
}

function span(start: number, size: number, length: number, least: number): { start: number; size: number } {
  const wanted = Math.min(length, Math.max(size, least));
  const first = Math.round(start + size / 2 - wanted / 2);
  return { start: Math.min(Math.max(0, first), length - wanted), size: wanted };
}
