// What a large PSD file could not keep, in a real browser: all of it can be read, and closed.
import { initializeCanvas, writePsdBuffer } from 'ag-psd';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openStudio, shootFailures, type StudioDriver } from '../../support/studio-driver.ts';

const size = { width: 64, height: 64 };
const leftOut = 80;
let studio: StudioDriver;
shootFailures(() => studio);
initializeCanvas(() => ({}) as HTMLCanvasElement, (width, height) => ({ width, height, data: new Uint8ClampedArray(width * height * 4) }) as unknown as ImageData);

beforeAll(async () => {
  studio = await openStudio();
  const ground = { name: 'ground', imageData: { ...size, data: new Uint8ClampedArray(size.width * size.height * 4).fill(255) } };
  const children = [ground, ...Array.from({ length: leftOut }, (_, number) => ({ name: `levels ${number}`, adjustment: { type: 'invert' } as const }))];
  await studio.openPicture('layers.psd', writePsdBuffer({ ...size, children }, { noBackground: true }));
});

afterAll(() => studio?.close());

test('a sentence for each layer that was left out fits the window, and goes when it is closed', async () => {
  const notice = studio.page.locator('.notices article');
  await notice.waitFor();
  expect(await notice.getByText(/cannot be kept and was left out/).count()).toBe(leftOut);
  const box = await notice.boundingBox();
  expect(box?.y).toBeGreaterThan(0);
  expect(box?.height).toBeLessThan(400);
  const last = notice.getByText(`“levels ${leftOut - 1}”`);
  await last.scrollIntoViewIfNeeded();
  const [shown, words] = [await notice.boundingBox(), await last.boundingBox()];
  expect((words?.y ?? 0) + (words?.height ?? Infinity)).toBeLessThan((shown?.y ?? 0) + (shown?.height ?? 0));
  await studio.shoot('file-losses');
  await notice.getByRole('button').click();
  await notice.waitFor({ state: 'detached' });
  expect(studio.complaints).toEqual([]);
});
