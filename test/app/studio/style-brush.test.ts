// Journey: a style is brushed in where the pen goes; what is there elsewhere stays, and what did nothing offers what was meant.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { samplePicture } from '../../support/sample-picture.ts';
import { openStudio, shootFailures, type PenPoint, type RawPicture, type StudioDriver } from '../../support/studio-driver.ts';

let studio: StudioDriver;

beforeAll(async () => {
  studio = await openStudio();
  await studio.openPicture('lake.png', await samplePicture('evening-lake', 400, 300));
});

afterAll(() => studio?.close());
shootFailures(() => studio);

const across: readonly PenPoint[] = Array.from({ length: 12 }, (_, i) => ({ x: 60 + i * 10, y: 80 }));
const notice = (words: RegExp) => studio.page.locator('.notices').getByText(words);
const onlyHere = () => studio.page.locator('.notices').getByRole('button', { name: 'Show it only where I brush' });
const button = (name: string) => studio.page.getByRole('button', { name, exact: true });

/** Mean difference of two pictures in a part of them, in 1/255. */
function apart(a: RawPicture, b: RawPicture, part: { readonly x: number; readonly y: number; readonly width: number; readonly height: number }): number {
  let sum = 0;
  for (let y = part.y; y < part.y + part.height; y++) {
    for (let at = (y * a.width + part.x) * 3, end = at + part.width * 3; at < end; at++) sum += Math.abs((a.data[at] ?? 0) - (b.data[at] ?? 0));
  }
  return sum / (part.width * part.height * 3);
}
const [beneathPen, elsewhere] = [{ x: 90, y: 70, width: 60, height: 20 }, { x: 40, y: 200, width: 320, height: 90 }];

async function brush(): Promise<void> {
  await button('Style brush').click();
  await studio.setNumber('Size', 40);
}

test('brushing in a glaze that is everywhere changes nothing, and one click makes it show only there', async () => {
  const bare = await studio.flattened();
  await studio.addGlaze(/Starry Night/);
  await studio.agrees();
  const glazed = await studio.flattened();
  const steps = await studio.steps();
  await brush();
  await studio.pen(across);
  await notice(/shows everywhere already/).hover(); // It stays while it is read.
  await studio.shoot('style-brush-everywhere');
  expect(await studio.steps()).toEqual(steps);
  await studio.tells(() => onlyHere().click());
  await expect.poll(() => studio.steps()).toEqual([...steps, 'Hide it, to be brushed in', 'Brush the style in']);
  await studio.saved();
  await studio.agrees();
  const brushed = await studio.flattened();
  expect(apart(brushed, glazed, beneathPen)).toBeLessThan(2);
  expect(apart(brushed, bare, elsewhere)).toBe(0);
  expect(await onlyHere().count()).toBe(0); // The offer was for the state before.
});

test('a style of a mix is brushed in where the pen goes, and the mix stays elsewhere', async () => {
  const { page } = studio;
  await studio.tells(() => button('Undo').click());
  await studio.tells(() => button('Undo').click());
  await page.locator('[data-style-card]').and(page.getByRole('button', { name: /Great Wave/ })).first().click({ button: 'right' });
  await studio.tells(() => page.getByRole('menuitem', { name: 'Add to the mix', exact: true }).click());
  await studio.saved();
  await studio.agrees();
  const mixed = await studio.flattened();
  await brush();
  await page.getByRole('combobox', { name: 'What is brushed' }).selectOption({ index: 2 });
  await studio.stroke(across);
  await notice(/keeps its mix; the styles are painted one by one now/).hover();
  await studio.saved();
  await studio.agrees();
  await studio.shoot('style-brush-mix');
  const brushed = await studio.flattened();
  expect(apart(brushed, mixed, beneathPen)).toBeGreaterThan(1.5 * apart(brushed, mixed, elsewhere));
  const steps = await studio.steps();
  await studio.tells(() => onlyHere().click());
  await expect.poll(() => studio.steps()).toEqual([...steps.slice(0, -1), 'Hide it, to be brushed in', 'Brush the style in']);
  await studio.saved();
  await studio.agrees();
  await studio.shoot('style-brush-only-here');
  expect(apart(await studio.flattened(), mixed, elsewhere)).toBeGreaterThan(3);
  expect(studio.complaints).toEqual([]);
});
