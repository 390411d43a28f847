// Text as pixels: the same for the same settings, crisp on its line, in one colour, at every depth and turn.
import { expect, test } from 'vitest';
import { canvas, drawn } from '../../../support/text-fonts.ts';

/** Rows and columns that hold anything. */
function inked(alpha: Uint8Array): { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number } {
  let [left, right, top, bottom] = [Infinity, -1, Infinity, -1];
  alpha.forEach((value, i) => {
    if (value === 0) return;
    const [x, y] = [i % canvas.width, Math.floor(i / canvas.width)];
    [left, right, top, bottom] = [Math.min(left, x), Math.max(right, x), Math.min(top, y), Math.max(bottom, y)];
  });
  return { left, right, top, bottom };
}
const sum = (alpha: Uint8Array): number => alpha.reduce((all, value) => all + value, 0) / 255;

test('equal settings give equal pixels, and a move by whole px gives the same tiles', async () => {
  const [one, other] = [await drawn({}), await drawn({})];
  expect(other.raster).toEqual(one.raster);
  const moved = await drawn({ at: [27, 49] });
  expect(moved.raster.tiles).toEqual(one.raster.tiles);
  expect([moved.raster.x - one.raster.x, moved.raster.y - one.raster.y]).toEqual([7, -11]);
});

test('letters stand crisply on a whole line wherever they are put', async () => {
  const { alpha } = await drawn({ text: 'HHH', at: [20.3, 60.4] });
  expect(inked(alpha).bottom).toBe(59);
  const row = (y: number) => [...alpha.subarray(y * canvas.width, (y + 1) * canvas.width)];
  expect(Math.max(...row(59))).toBe(255);
});

test('the whole takes one colour, straight, with its alpha', async () => {
  const { pixels, alpha } = await drawn({ colour: [1, 0.5, 0, 0.5] });
  expect(Math.max(...alpha)).toBe(128);
  for (let i = 0; i < alpha.length; i++) if (alpha[i]! > 0) expect([...pixels.subarray(i * 4, i * 4 + 3)]).toEqual([255, 128, 0]);
});

test('16 bit have shades between those of 8', async () => {
  const { pixels } = await drawn({}, 16);
  expect(pixels).toBeInstanceOf(Uint16Array);
  const shades = new Set([...pixels].filter((_, i) => i % 4 === 3));
  expect(shades.size).toBeGreaterThan(256);
});

test('bold has more of it, and no holes where strokes of a variable font overlap', async () => {
  const [light, bold] = [await drawn({ text: 'A', sizePx: 160, at: [20, 180], weight: 100 }), await drawn({ text: 'A', sizePx: 160, at: [20, 180], weight: 900 })];
  expect(sum(bold.alpha)).toBeGreaterThan(3 * sum(light.alpha));
  // From the left leg to the right one, just beneath the bar: two stretches of ink and nothing thin in either.
  const row = [...bold.alpha.subarray(170 * canvas.width, 171 * canvas.width)];
  const stretches = row.map((value) => (value > 0 ? 'x' : ' ')).join('').trim().split(/ +/);
  expect(stretches).toHaveLength(2);
  expect(row.filter((value) => value > 0 && value < 255).length).toBeLessThanOrEqual(8);
});

test('turned by a quarter it covers as much, standing', async () => {
  const [flat, standing] = [await drawn({ text: 'Vela' }), await drawn({ text: 'Vela', at: [150, 30], linear: [0, 1, -1, 0] })];
  expect(sum(standing.alpha)).toBeCloseTo(sum(flat.alpha), 0);
  const [a, b] = [inked(flat.alpha), inked(standing.alpha)];
  expect(Math.abs(b.bottom - b.top - (a.right - a.left))).toBeLessThanOrEqual(1);
});

test('what lies far outside the canvas has no tiles', async () => {
  expect(Object.keys((await drawn({ at: [100_000, 0] })).raster.tiles)).toEqual([]);
  expect(Object.keys((await drawn({ text: ' ' })).raster.tiles)).toEqual([]);
});
