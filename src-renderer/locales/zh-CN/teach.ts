// Words of teaching, in Simplified Chinese.
import type { teach as english } from '../en/teach.ts';

export const teach: typeof english = {};
