// A painting chosen for a teaching, as an artist chooses a file.
import type { Page } from 'playwright-core';
import { smallPicture } from './scripted-gallery.ts';

/** mine.png, 960 × 720 px; answers when its frame is there. */
export async function choosePainting(page: Page): Promise<void> {
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Choose paintings …' }).click();
  await (await chooser).setFiles({ name: 'mine.png', mimeType: 'image/png', buffer: Buffer.from(await smallPicture(3, 960, 720)) });
  await page.getByRole('group', { name: /Part of mine\.png/ }).waitFor();
}
