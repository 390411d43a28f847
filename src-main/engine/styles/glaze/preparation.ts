// What becomes of a picture before the network sees it: it is lit, and its greys are broken.
import type { Region } from '../../../contract/image.ts';
import { colourBreaker, isBroken, type ColourBreak } from '../../image/broken-colour.ts';
import { lightingOf, relighter, type Lighting } from '../../image/lighting.ts';
import { massesOf } from '../../image/masses.ts';
import type { TensorTable } from '../../tensor/safetensors.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import type { WindowInput } from '../style-engine.ts';
import { breaksTable, massesTable, thawedBreaks, thawedMasses } from './hue-table.ts';
import { lightingTable, thawedLighting } from './light-table.ts';

export interface PreparationSetup {
  /** How far pictures are lit, 0..1 (image/lighting.ts); 0 where absent. */
  readonly light?: number;
  /** How far greys are broken, 0..1 (image/broken-colour.ts); 0 where absent. */
  readonly brokenColour?: number;
  /** What the styles that masks place, in their order, or the one there is, break greys into; they are not broken where absent. */
  readonly breaks?: readonly ColourBreak[];
  readonly seed: number;
}

/** How windows of one picture are prepared. */
export interface Preparation {
  /** The window's picture as the network shall see it, [1,3,h,w] in [0,1]. placed: masks of several styles that sum to 1, to place their hues. */
  over(window: Pick<WindowInput, 'picture' | 'place' | 'frame'>, placed?: Tensor): Tensor;
  /** What thawedPreparation makes the same of. */
  freeze(): TensorTable;
}

/** Of a picture of which thumbnail, [1,3,h,w] in [0,1], is the whole. */
export function preparationOf(setup: PreparationSetup, thumbnail: Tensor): Preparation {
  const { light = 0, brokenColour = 0, breaks = [] } = setup;
  // in the numbers in which they are kept
  const kept = brokenColour > 0 && breaks.some(isBroken) ? thawedBreaks(breaksTable(breaks), breaks.length) : undefined;
  const lighting = light > 0 ? lightingOf(thumbnail) : undefined;
  const masses = kept && massesOf(lighting ? relighter(lighting)(thumbnail, wholeOf(thumbnail), wholeOf(thumbnail), light) : thumbnail);
  return preparation(setup, lighting, kept, masses);
}

/** As it was frozen: what was not lit or broken then, as paint of an earlier pass is not, stays so. Throws asset.corrupt. */
export function thawedPreparation(setup: PreparationSetup, table: TensorTable): Preparation {
  return preparation(setup, thawedLighting(table), thawedBreaks(table, setup.breaks?.length ?? 0), thawedMasses(table));
}

function wholeOf({ shape }: Tensor): Region {
  const [, , height, width] = shape as [number, number, number, number];
  return { x: 0, y: 0, width, height };
}

function preparation({ light = 0, brokenColour = 0, seed }: PreparationSetup, lighting: Lighting | undefined, breaks: readonly ColourBreak[] | undefined, masses: Tensor | undefined): Preparation {
  const relit = lighting && relighter(lighting);
  const breakColour = breaks && colourBreaker(breaks, seed, masses);
  return {
    over({ picture, place, frame }, placed) {
      const lit = relit ? relit(picture, place, frame, light) : picture;
      return breakColour ? breakColour(lit, place, frame, brokenColour, placed) : lit;
    },
    freeze: () => ({ ...(lighting && lightingTable(lighting)), ...(breaks && breaksTable(breaks)), ...(masses && massesTable(masses)) }),
  };
}
