// Words of the grid of variants, in Simplified Chinese.
import type { variants as english } from '../en/variants.ts';

export const variants: typeof english = {};
