// Journey: TIFF, PSD and OpenRaster files compared with the picture, flattened by the host's own readers.
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { StudioEvent } from '../../../src-main/contract/studio-api.ts';
import { samplePicture } from '../../support/sample-picture.ts';
import { largestDifference, openStudio, rawOf, shootFailures, type RawPicture, type StudioDriver } from '../../support/studio-driver.ts';
import type { StudioWire } from '../../support/studio-wire.ts';

let studio: StudioDriver;
let wire: StudioWire;
let whole: RawPicture;
const files = new Map<string, Buffer>();
shootFailures(() => studio);

beforeAll(async () => {
  studio = await openStudio();
  wire = await studio.wire();
  await studio.openPicture('portrait.png', await samplePicture('portrait', 160, 200));
  await studio.menu('Layer', 'New layer', 'New paint layer');
  await studio.stroke(Array.from({ length: 12 }, (_, i) => ({ x: 20 + i * 10, y: 60 + i * 5, pressure: 0.8 })));
  await studio.saved();
  whole = await studio.flattened();
  for (const format of ['ora', 'psd', 'tiff'] as const) files.set(`layers.${format}`, await exported(format));
  const page = { create: { width: 160, height: 200, channels: 3 as const, background: '#3060a0' } };
  files.set('pages.tif', await sharp([await sharp(page).png().toBuffer(), await sharp(page).negate().png().toBuffer()], { join: { animated: true } }).tiff().toBuffer());
  await studio.workspace('Compare');
});

afterAll(() => studio?.close());

async function exported(format: 'ora' | 'psd' | 'tiff'): Promise<Buffer> {
  const [document] = await wire.ask('documents.list');
  const done = wire.event((event): event is Extract<StudioEvent, { kind: 'job' }> => event.kind === 'job' && event.job.kind === 'export' && event.job.state === 'done');
  await wire.ask('export', { document: document?.id ?? '', format, ...(format === 'tiff' ? { depth: 16 as const } : {}), name: `layers.${format}` });
  const { job } = await done;
  return wire.fetch(job.file?.address ?? '');
}

async function take(name: string, bytes = files.get(name)): Promise<void> {
  await studio.page.locator('input[type=file][hidden]').first().setInputFiles({ name, mimeType: '', buffer: bytes ?? Buffer.alloc(0) });
}

/** What the screen compares, saved side by side: the file alone. */
async function shownLeft(): Promise<RawPicture> {
  const { page } = studio;
  await page.getByRole('radio', { name: 'Side by side' }).click();
  const { bytes } = await studio.download(async () => {
    await page.getByRole('button', { name: 'Save as one picture …' }).click();
    await page.getByRole('menuitem', { name: /As shown/ }).click();
  });
  return rawOf(await sharp(bytes).extract({ left: 0, top: 0, width: 160, height: 200 }).png().toBuffer());
}

for (const format of ['ora', 'psd', 'tiff'] as const) {
  test(`a file with the ending ${format} looks as the picture it was written from`, async () => {
    const { page } = studio;
    const name = `layers.${format}`;
    await take(name);
    await page.getByRole('button', { name: `Left picture (A): ${name}` }).waitFor();
    await page.getByText('Preparing the pictures …').waitFor({ state: 'hidden' });
    await page.locator('.pair dl').or(page.getByText('A and B are the same picture.')).waitFor();
    expect(largestDifference(await shownLeft(), whole)).toBeLessThanOrEqual(1);
    await studio.shoot(`compare-file-${format}`);
  });
}

test('of several pages the first is compared, and that is said', async () => {
  await take('pages.tif');
  await studio.page.getByText('pages.tif has 2 pages or frames; the first is compared.').waitFor();
  const { data } = await shownLeft();
  expect([...data.subarray(0, 3)]).toEqual([0x30, 0x60, 0xa0]);
});

test('a file that cannot be read is refused by name, and becomes no document', async () => {
  const { page } = studio;
  const alerts = page.locator('aside').getByRole('alert');
  for (const [name, bytes] of [['broken.psd', files.get('layers.psd')?.subarray(0, 300)], ['broken.ora', files.get('layers.ora')?.subarray(0, 300)], ['letter.tif', Buffer.from('Dear Vincent')]] as const) {
    await take(name, bytes);
    await alerts.filter({ hasText: name }).waitFor();
  }
  expect((await wire.ask('documents.list')).length).toBe(1);
  await take('layers.tiff');
  await alerts.waitFor({ state: 'detached' });
  expect(studio.complaints).toEqual([]);
});
