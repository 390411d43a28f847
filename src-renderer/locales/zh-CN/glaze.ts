// Words of the glaze panel, in Simplified Chinese.
import type { glaze as english } from '../en/glaze.ts';

export const glaze: typeof english = {};
