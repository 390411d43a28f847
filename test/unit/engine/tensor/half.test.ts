// Half precision against its definition.
import { describe, expect, it } from 'vitest';
import { fromHalf, toHalf } from '../../../../src-main/engine/tensor/half.ts';

describe('half precision', () => {
  it('gives back every one of its 65536 bit patterns', () => {
    for (let bits = 0; bits < 65536; bits++) {
      const value = fromHalf(bits);
      if (Number.isNaN(value)) expect(Number.isNaN(fromHalf(toHalf(value)))).toBe(true);
      else if (toHalf(value) !== bits) throw new Error(`${bits.toString(16)} came back as ${toHalf(value).toString(16)}`);
    }
  });

  it('rounds to the nearest, ties to even, and overflows to infinity', () => {
    expect(toHalf(1 + 2 ** -11)).toBe(0x3c00);
    expect(toHalf(1 + 3 * 2 ** -11)).toBe(0x3c02);
    expect(toHalf(65519)).toBe(0x7bff);
    expect(toHalf(65520)).toBe(0x7c00);
    expect(toHalf(-1e9)).toBe(0xfc00);
    expect(toHalf(2 ** -25)).toBe(0);
    expect(toHalf(3 * 2 ** -26)).toBe(1);
  });
});
