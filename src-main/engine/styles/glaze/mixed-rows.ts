// Per-channel numbers of one or several styles as what a norm multiplies with: a row, or a map mixed by the masks.
import { averagePool2d, constant, conv2d } from '../../graph/ops/index.ts';
import type { Value } from '../../graph/value.ts';

/** One row [C] per style → [1,C,1,1] for a single style, or [1,C,h,w] at the height of the layer. */
export type MixedRows = (rows: readonly Float32Array[], height: number) => Value;

/** Mixes rows by `masks` [1,K,H,W]: a 1 × 1 convolution of the masks averaged to the layer's resolution. */
export function mixedRows(masks?: Value): MixedRows {
  const levels = new Map<number, Value>();
  const levelOf = (all: Value, height: number): Value => {
    const level = levels.get(height) ?? averagePool2d(all, { size: all.shape[2] / height });
    levels.set(height, level);
    return level;
  };
  return (rows, height) => {
    const channels = rows[0].length;
    if (!masks) return constant(rows[0], [1, channels, 1, 1]);
    const table = new Float32Array(channels * rows.length);
    rows.forEach((row, style) => row.forEach((value, channel) => (table[channel * rows.length + style] = value)));
    return conv2d(levelOf(masks, height), constant(table, [channels, rows.length, 1, 1]), { padding: 0 });
  };
}
