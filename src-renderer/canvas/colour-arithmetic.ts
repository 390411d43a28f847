// Colours as hue, saturation and value, and as they are written.
import type { Colour } from '../../src-main/contract/document.ts';

/** Each 0..1. */
export interface Hsv {
  readonly h: number;
  readonly s: number;
  readonly v: number;
}

export function toHsv([r, g, b]: Colour): Hsv {
  const most = Math.max(r, g, b);
  const span = most - Math.min(r, g, b);
  if (span === 0) return { h: 0, s: 0, v: most };
  const sixth = most === r ? (g - b) / span + 6 : most === g ? (b - r) / span + 2 : (r - g) / span + 4;
  return { h: (sixth % 6) / 6, s: span / most, v: most };
}

export function fromHsv({ h, s, v }: Hsv): Colour {
  const channel = (n: number): number => {
    const k = (n + h * 6) % 6;
    return v - v * s * Math.max(0, Math.min(k, 4 - k, 1));
  };
  return [channel(5), channel(3), channel(1), 1];
}

export function toHex([r, g, b]: Colour): string {
  return `#${[r, g, b].map((value) => Math.round(value * 255).toString(16).padStart(2, '0')).join('')}`;
}

/** #rgb, #rrggbb, with or without #; undefined for anything else. */
export function fromHex(text: string): Colour | undefined {
  const digits = /^#?([0-9a-f]{3}|[0-9a-f]{6})$/i.exec(text.trim())?.[1];
  if (digits === undefined) return undefined;
  const full = digits.length === 3 ? [...digits].map((digit) => digit + digit).join('') : digits;
  const channel = (at: number): number => Number.parseInt(full.slice(at, at + 2), 16) / 255;
  return [channel(0), channel(2), channel(4), 1];
}
