// Words of layers and what is set on them, in Simplified Chinese.
import type { layers as english } from '../en/layers.ts';

export const layers: typeof english = {};
