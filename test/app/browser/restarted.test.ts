// The browser host started again: the same address, a page that goes on by itself, and a key that is nobody else's.
import { chmodSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterAll, describe, expect, onTestFinished, test } from 'vitest';
import { openStudio, shootFailures, type StudioDriver } from '../../support/studio-driver.ts';
import { startStudioHost } from '../../support/studio-host.ts';

const keptFile = (home: string): string => join(home, 'browser-address.json');

describe('the address', () => {
  test('stays over a restart, in a file that only its owner reads', async () => {
    const host = await startStudioHost();
    onTestFinished(() => host.close());
    const first = host.address();
    expect(statSync(keptFile(host.home)).mode & 0o777).toBe(0o600);
    await host.kill();
    await host.start();
    expect(host.address()).toBe(first);
  });

  test('is another where the file was open to others, or is not what it should be', async () => {
    const host = await startStudioHost();
    onTestFinished(() => host.close());
    const tokenNow = (): string => new URL(host.address()).hash;
    const first = tokenNow();
    await host.stop();
    chmodSync(keptFile(host.home), 0o644);
    await host.start();
    const second = tokenNow();
    expect(second).not.toBe(first);
    expect(statSync(keptFile(host.home)).mode & 0o777).toBe(0o600);
    await host.stop();
    writeFileSync(keptFile(host.home), '{"formatVersion":1,"port":1,"token":"short"}');
    await host.start();
    expect([first, second]).not.toContain(tokenNow());
    expect(tokenNow().length).toBeGreaterThan(30);
  });

  test('has another key where somebody else has its port, and comes back when that is free again', async () => {
    const host = await startStudioHost();
    onTestFinished(() => host.close());
    const first = host.address();
    await host.stop();
    const kept = readFileSync(keptFile(host.home), 'utf8');
    const stranger = createServer().listen(Number(new URL(first).port), '127.0.0.1');
    await once(stranger, 'listening');
    await host.start();
    expect(new URL(host.address()).hash).not.toBe(new URL(first).hash);
    expect(readFileSync(keptFile(host.home), 'utf8')).toBe(kept);
    await host.stop();
    stranger.close();
    await once(stranger, 'close');
    await host.start();
    expect(host.address()).toBe(first);
  });
});

describe('a page that is open', () => {
  let studio: StudioDriver | undefined;
  afterAll(() => studio?.close());
  shootFailures(() => studio);

  test('says that the studio is gone and what to do, and goes on with its document once it is back', async () => {
    studio = await openStudio();
    const { page, host } = studio;
    await page.getByRole('button', { name: 'New', exact: true }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Create' }).click();
    await page.getByRole('application', { name: /^Canvas: / }).waitFor();
    await studio.saved();
    await host.kill();
    const banner = page.getByRole('alert').filter({ hasText: 'The studio does not answer.' });
    await banner.waitFor();
    await studio.shoot('host-gone');
    await host.start();
    await banner.waitFor({ state: 'detached' });
    const notices = page.getByRole('region', { name: 'Notices' }).getByRole('article');
    await notices.filter({ hasText: /^The studio was started again\. What was saved/ }).waitFor();
    await page.getByRole('application', { name: /^Canvas: / }).waitFor();
    expect(await notices.count()).toBe(1);
    await studio.menu('Layer', 'New layer', 'New paint layer'); // A step that the new host takes.
    await expect.poll(() => studio?.steps()).toHaveLength(2);
    await studio.saved();
    expect(await page.getByRole('alert').count()).toBe(0);
    await studio.shoot('host-back');
  });

  test('says that its key is not known any more', async () => {
    if (!studio) throw new Error('The page was not opened.');
    const { page, host } = studio;
    await page.goto('about:blank');
    await page.goto(host.address().replace(/#.*/, '#another-key'));
    await page.getByRole('alert').filter({ hasText: 'The studio does not know this page’s key.' }).waitFor();
    await studio.shoot('host-refuses');
  });
});
