// Words of the canvas and its tools, in Simplified Chinese.
import type { canvas as english } from '../en/canvas.ts';

export const canvas: typeof english = {};
