// Journey: a large picture takes its time to open; the list of jobs shows it, and it is stopped there without a trace.
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, expect, test } from 'vitest';
import { openStudio, shootFailures, type StudioDriver } from '../../support/studio-driver.ts';

const folder = mkdtempSync(join(tmpdir(), 'velatura-large-'));
let studio: StudioDriver | undefined;
afterAll(async () => {
  await studio?.close();
  rmSync(folder, { recursive: true, force: true });
});
shootFailures(() => studio);

test('a large picture is stopped while it is read, and opens when it is left alone', async () => {
  const path = join(folder, 'large.png');
  const noise = { type: 'gaussian', mean: 128, sigma: 40 } as const;
  await sharp({ create: { width: 6000, height: 4500, channels: 3, background: '#808080', noise } }).png({ compressionLevel: 1 }).toFile(path);
  studio = await openStudio();
  const { page, host } = studio;
  const wire = await studio.wire();
  const opened = wire.ask('documents.import', { file: { path } });
  opened.catch(() => undefined);
  await page.getByRole('button', { name: '1 job' }).click();
  const row = page.getByRole('region', { name: 'Jobs' }).getByRole('listitem').filter({ hasText: 'Import: large.png' });
  await row.getByText(/reading/).waitFor();
  await row.getByRole('button', { name: 'Cancel the job' }).click();
  await row.getByText('cancelled').waitFor();
  await expect(opened).rejects.toThrow('job.cancelled');
  expect(readdirSync(join(host.home, 'documents'))).toEqual([]);
  expect(await wire.ask('documents.list')).toEqual([]);

  const { record } = await wire.ask('documents.import', { file: { path } });
  expect([record.width, record.height]).toEqual([6000, 4500]);
  expect(existsSync(join(host.home, 'documents', record.id))).toBe(true);
  await row.getByText('done').waitFor();
  await studio.shoot('open-large');
});
