// Words of the comparison, in Simplified Chinese.
import type { compare as english } from '../en/compare.ts';

export const compare: typeof english = {};
