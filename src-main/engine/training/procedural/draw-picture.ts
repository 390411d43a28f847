// What a kind of procedural picture is: a function of a size and chance.
import type { Extent } from '../../../contract/image.ts';
import type { Random } from '../../tensor/random.ts';
import type { Picture } from '../augment.ts';

/** An 8-bit sRGB picture; what is drawn depends on chance alone, so that a larger size shows the same scene in more detail. */
export type DrawPicture = (size: Extent, random: Random) => Picture;
