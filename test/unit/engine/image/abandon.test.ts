// What cannot be interrupted is abandoned: the cancel is answered at once, the files go when the library has ended.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it, vi } from 'vitest';
import { abandonable, abandonedEnded } from '../../../../src-main/engine/image/abandon.ts';
import { decodeToSpool } from '../../../../src-main/engine/image/codec.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

describe('work that cannot be interrupted', () => {
  it('is answered with job.cancelled at once, and waited for by who removes its files', async () => {
    const [stop, order] = [new AbortController(), [] as string[]];
    let end: () => void = () => undefined;
    const work = abandonable(stop.signal, () => new Promise<void>((resolve) => (end = resolve)));
    stop.abort();
    await expect(work).rejects.toMatchObject({ code: 'job.cancelled' });
    const ended = abandonedEnded(stop.signal).then(() => order.push('ended'));
    await new Promise(setImmediate);
    order.push('still at work');
    end();
    await ended;
    expect(order).toEqual(['still at work', 'ended']);
  });

  it('is not begun where the cancel came first, and fails unheard where it fails afterwards', async () => {
    const begin = vi.fn(() => Promise.resolve());
    await expect(abandonable(AbortSignal.abort(), begin)).rejects.toMatchObject({ code: 'job.cancelled' });
    expect(begin).not.toHaveBeenCalled();
    const stop = new AbortController();
    const work = abandonable(stop.signal, () => new Promise<void>((_, reject) => setTimeout(() => reject(new Error('too late')), 10)));
    stop.abort();
    await expect(work).rejects.toMatchObject({ code: 'job.cancelled' });
    await expect(abandonedEnded(stop.signal)).resolves.toBeUndefined();
  });

  it('gives its result, or its own fault, where nobody stops it', async () => {
    const { signal } = new AbortController();
    expect(await abandonable(signal, () => Promise.resolve(7))).toBe(7);
    expect(await abandonable(undefined, () => Promise.resolve(7))).toBe(7);
    await expect(abandonable(signal, () => Promise.reject(new Error('its own')))).rejects.toThrow('its own');
  });
});

describe.each([
  ['the library reads', 1],
  ['it is turned upright', 6],
])('a picture stopped while %s', (_, orientation) => {
  it('ends before it is read, and leaves no file', async () => {
    const folder = temporaryFolder();
    const [path, spool] = [join(folder, 'large.png'), join(folder, 'spool.tif')];
    await sharp({ create: { width: 6000, height: 5000, channels: 3, background: '#806040' } }).png({ compressionLevel: 1 }).withMetadata({ orientation }).toFile(path);
    const stop = new AbortController();
    const decoded = decodeToSpool(path, spool, { signal: stop.signal });
    decoded.catch(() => undefined);
    await vi.waitUntil(() => existsSync(spool), { interval: 1, timeout: 20_000 });
    stop.abort();
    await expect(decoded).rejects.toMatchObject({ code: 'job.cancelled' });
    await abandonedEnded(stop.signal);
    expect([existsSync(spool), existsSync(`${spool}.stored`)]).toEqual([false, false]);
  });
});
