// The line to the host's tiles, over a scripted host.
import { expect, test, vi } from 'vitest';
import { createAssetCache } from '../../../../../src-renderer/canvas/worker/asset-cache.ts';
import { joinFrames, splitFrames } from '../../../../../src-renderer/canvas/worker/asset-frames.ts';
import { createAssetLine } from '../../../../../src-renderer/canvas/worker/asset-line.ts';

/** A host whose tiles hold their id's first character; ids that begin with x are not there. */
function scriptedHost() {
  const asked: string[][] = [];
  const written: number[] = [];
  const answer = vi.fn(async (address: string | URL | Request, init?: RequestInit) => {
    if (String(address).endsWith('/read')) {
      const ids = JSON.parse(String(init?.body)) as string[];
      asked.push(ids);
      const frames = ids.map((id) => (id.startsWith('x') ? Uint8Array.of(255, 255, 255, 255) : joinFrames([Uint8Array.of(id.charCodeAt(0))])));
      return new Response(new Uint8Array(frames.flatMap((frame) => [...frame])));
    }
    const frames = splitFrames(new Uint8Array(init?.body as ArrayBuffer));
    written.push(frames.length);
    return new Response(JSON.stringify(frames.map((frame) => `id-${frame?.[0]}`)));
  });
  const cache = createAssetCache(1e6);
  const line = createAssetLine({ address: '', headers: {}, cache, fetch: answer, send: (to, headers, body) => answer(to, { headers, body }), arrived: () => undefined });
  line.open('doc');
  return { asked, written, cache, line, answer };
}

test('frames go together and come apart; what is missing is undefined', () => {
  expect(splitFrames(joinFrames([Uint8Array.of(1, 2), Uint8Array.of(), Uint8Array.of(3)]))).toEqual([Uint8Array.of(1, 2), Uint8Array.of(), Uint8Array.of(3)]);
  expect(splitFrames(Uint8Array.of(255, 255, 255, 255, 1, 0, 0, 0, 9))).toEqual([undefined, Uint8Array.of(9)]);
  expect(splitFrames(Uint8Array.of(9, 0, 0, 0, 1))).toEqual([]);
});

test('what is wanted is read in batches, most wanted first, and not asked for twice', async () => {
  const { asked, cache, line } = scriptedHost();
  const ids = Array.from({ length: 70 }, (_, index) => `a${index}`);
  line.want(ids);
  await expect.poll(() => cache.count).toBe(70);
  expect(asked.flat()).toEqual(ids);
  expect(asked[0]?.[0]).toBe('a0');
  line.want(ids);
  expect(asked.flat()).toHaveLength(70);
});

test('tiles the host does not have are known as absent', async () => {
  const { cache, line, asked } = scriptedHost();
  await line.load(['a', 'x']);
  expect([cache.has('a'), cache.has('x'), line.isAbsent('x')]).toEqual([true, false, true]);
  await line.load(['x']);
  expect(asked).toHaveLength(1);
});

test('an answer for a document that was closed meanwhile is dropped', async () => {
  const { cache, line } = scriptedHost();
  line.want(['a']);
  line.open('other');
  await new Promise((resolve) => setTimeout(resolve, 10));
  expect(cache.count).toBe(0);
});

test('many tiles are written in posts the host takes', async () => {
  const { written, line } = scriptedHost();
  const ids = await line.write(Array.from({ length: 130 }, (_, index) => Uint8Array.of(index)));
  expect(written).toEqual([64, 64, 2]);
  expect(ids[129]).toBe('id-129');
});

test('the host’s fault comes through', async () => {
  const { line, answer } = scriptedHost();
  answer.mockResolvedValue(new Response(JSON.stringify({ fault: { code: 'disk.full', details: { file: 'f' } } }), { status: 507 }));
  await expect(line.write([Uint8Array.of(1)])).rejects.toMatchObject({ code: 'disk.full', details: { file: 'f' } });
});
