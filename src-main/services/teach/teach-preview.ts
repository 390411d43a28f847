// The artist's look at a style while it is being taught: a small picture painted every few seconds.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { plainPaint } from '../../contract/document.ts';
import type { GeneratorSpec } from '../../contract/style.ts';
import type { Depth } from '../../contract/training.ts';
import { decodePixels, encodePixels } from '../../engine/image/codec.ts';
import type { ColourBreak } from '../../engine/image/broken-colour.ts';
import { resample } from '../../engine/image/resample.ts';
import type { SessionFactory } from '../../engine/runtime/session.ts';
import { glazeRunner } from '../../engine/styles/glaze/glaze-runner.ts';
import { mirrorPad } from '../../engine/styles/glaze/mirror-pad.ts';
import { pixelsOf, planesOf } from '../../engine/tensor/layout.ts';
import { frameOf } from '../../engine/tiling/cascade.ts';
import { tensor, type Tensor } from '../../engine/tensor/tensor.ts';
import type { Picture } from '../../engine/training/augment.ts';
import type { StateVectors } from '../../engine/training/state.ts';
import { previewName } from './teach-run.ts';

/** Time between previews in ms; the first comes sooner. */
const [firstMs, everyMs] = [3000, 6000];
/** Long side of a thumbnail: a gallery shows no more, and a larger one would weigh more than the style. */
const thumbnailPx = 320;

export interface PreviewSetup {
  readonly generator: GeneratorSpec;
  /** Long side in px at which the style is learned. */
  readonly learnedSizePx: number;
  /** What the style breaks greys into. */
  readonly colourBreak: ColourBreak;
  readonly picture: Picture;
  readonly folder: string;
  readonly sessions: SessionFactory;
  readonly threads: number;
  /** Stroke size in % of the painting's own; 100 where absent. */
  readonly strokePercent?: () => number;
}

export interface Preview {
  readonly file: string;
  readonly depth: Depth;
  readonly step: number;
}

export interface Previewer {
  /** The step that the next preview belongs to. */
  at(step: number): void;
  /** Paints what the teaching starts from, at once. */
  first(vectors: StateVectors, depth: Depth): Promise<Preview>;
  /** Paints a preview if one is due. */
  show(vectors: () => StateVectors, depth: Depth): Promise<Preview | undefined>;
  /** What was last painted, 8-bit RGB; nothing before the first. */
  last(): Picture | undefined;
  /** PNG bytes of the finished style, small. */
  thumbnail(vectors: StateVectors): Promise<Uint8Array>;
}

/** Paints one picture with the averaged network as it stands. */
export function createPreviewer(setup: PreviewSetup): Previewer {
  const file = join(setup.folder, previewName);
  let due = performance.now() + firstMs;
  let step = 0;
  let painted: Picture | undefined;
  const paintTo = async (vectors: StateVectors): Promise<void> => {
    const picture = pixelsOf(await paintOnce(setup, vectors), 8) as Picture;
    await encodePixels(picture, file);
    painted = picture;
  };
  return {
    at: (now) => (step = now),
    first: async (vectors, depth) => {
      await paintTo(vectors);
      return { file, depth, step };
    },
    show: async (vectors, depth) => {
      if (performance.now() < due) return undefined;
      await paintTo(vectors());
      due = performance.now() + everyMs;
      return { file, depth, step };
    },
    last: () => painted,
    thumbnail: async (vectors) => {
      await paintTo(vectors);
      const small = join(setup.folder, 'thumbnail.png');
      await encodePixels(await decodePixels(file, { longSide: thumbnailPx }), small);
      return readFile(small);
    },
  };
}

/** The whole picture as one window, mirrored outward and cut back. */
async function paintOnce({ generator, learnedSizePx, colourBreak, picture, sessions, threads, strokePercent }: PreviewSetup, vectors: StateVectors): Promise<Tensor> {
  const weights = vectors['weights.average'] ?? vectors.weights;
  const codes = [vectors['code.average'] ?? vectors.code];
  const runner = glazeRunner({ ...plainPaint, generator, weights, codes, learnedSizePx, breaks: [colourBreak], sessions, options: { provider: 'cpu', threads } });
  const planes = atStrokeSize(picture, learnedSizePx, strokePercent?.() ?? 100);
  const [, , frameHeight, frameWidth] = planes.shape;
  const frame = { width: frameWidth, height: frameHeight };
  const { haloPx, multiple } = runner.tiling;
  try {
    await runner.measure(planes);
    const padded = mirrorPad(planes, haloPx, multiple);
    const [, , height, width] = padded.shape;
    const painted = await runner.paint({ picture: padded, place: { x: -haloPx, y: -haloPx, width, height }, frame });
    return cutOut(painted, haloPx, frame.width, frame.height);
  } finally {
    await runner.close();
  }
}

/** The picture at the scale at which its strokes come out this large; untouched at 100 %, never beyond twice its size. */
function atStrokeSize(picture: Picture, learnedSizePx: number, strokePercent: number): Tensor {
  const planes = planesOf(picture);
  if (strokePercent === 100) return planes;
  const frame = frameOf(picture, Math.min((learnedSizePx * 100) / strokePercent, 2 * Math.max(picture.width, picture.height)));
  const whole = { x: 0, y: 0, ...frame };
  return resample({ place: { x: 0, y: 0, width: picture.width, height: picture.height }, planes }, picture, frame, whole).planes;
}

function cutOut(painted: Tensor, border: number, width: number, height: number): Tensor {
  const [, channels, rows, columns] = painted.shape;
  const cut = tensor([1, channels, height, width]);
  for (let channel = 0, at = 0; channel < channels; channel++) {
    for (let row = 0; row < height; row++, at += width) {
      const start = (channel * rows + row + border) * columns + border;
      cut.data.set(painted.data.subarray(start, start + width), at);
    }
  }
  return cut;
}
