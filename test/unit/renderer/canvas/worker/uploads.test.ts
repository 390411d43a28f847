// Uploads through a thread of their own: answers find their askers, faults are thrown as they are, the body is handed over.
import { expect, test } from 'vitest';
import { StudioError } from '../../../../../src-main/contract/fault.ts';
import { createUploads, type Upload, type Uploaded } from '../../../../../src-renderer/canvas/worker/uploads.ts';

function started() {
  const posted: { readonly upload: Upload; readonly transferred: readonly unknown[] }[] = [];
  const worker: Pick<Worker, 'postMessage' | 'onmessage'> = {
    onmessage: null,
    postMessage: (upload: Upload, transferred: unknown) => void posted.push({ upload, transferred: transferred as unknown[] }),
  };
  const send = createUploads(worker);
  const answer = (data: Uploaded): void => worker.onmessage?.call(worker as Worker, { data } as MessageEvent);
  return { send, posted, answer };
}

test('each asker gets the answer to its own upload, in whatever order they come', async () => {
  const { send, posted, answer } = started();
  const [first, second] = [send('/assets/a', { token: 'x' }, Uint8Array.of(1)), send('/assets/b', {}, Uint8Array.of(2))];
  const [a, b] = posted.map(({ upload }) => upload);
  expect([a?.address, a?.headers, b?.address]).toEqual(['/assets/a', { token: 'x' }, '/assets/b']);
  answer({ id: b?.id ?? 0, status: 413, text: 'too much' });
  answer({ id: a?.id ?? 0, status: 200, text: '["id"]' });
  expect(await (await first).json()).toEqual(['id']);
  expect([(await second).ok, (await second).status, await (await second).text()]).toEqual([false, 413, 'too much']);
});

test('the body goes over without a copy', () => {
  const { send, posted } = started();
  const body = Uint8Array.of(1, 2, 3);
  void send('/assets/a', {}, body);
  expect(posted[0]?.transferred).toEqual([body.buffer]);
  expect(posted[0]?.upload.body).toBe(body);
});

test('what goes wrong there is thrown here with its code and details, to its asker alone', async () => {
  const { send, posted, answer } = started();
  const [lost, other] = [send('/assets/a', {}, Uint8Array.of(1)), send('/assets/a', {}, Uint8Array.of(2))];
  answer({ id: posted[0]?.upload.id ?? 0, fault: { code: 'disk.full', details: { file: 'x' } } });
  await expect(lost).rejects.toMatchObject({ code: 'disk.full', details: { file: 'x' } });
  await expect(lost).rejects.toBeInstanceOf(StudioError);
  answer({ id: posted[1]?.upload.id ?? 0, status: 200, text: '' });
  expect((await other).ok).toBe(true);
});

test('an answer that nobody waits for is let go', () => {
  const { answer } = started();
  expect(() => answer({ id: 7, status: 200, text: '' })).not.toThrow();
});
