// Why a file is corrupt stands in the log, once, and without the folders it lies in.
import { expect, test, vi } from 'vitest';
import { StudioError } from '../../../../src-main/contract/fault.ts';
import type { StudioApi, StudioEvent } from '../../../../src-main/contract/studio-api.ts';
import { createCorruptLog } from '../../../../src-main/services/host/corrupt-log.ts';

const damaged = (reason: string) => new StudioError('picture.corrupt', { file: 'lake.png', reason });

function watched(thrown: unknown) {
  const log = vi.fn();
  const corrupt = createCorruptLog({ log });
  const api = corrupt.watch({ status: () => Promise.reject(thrown) } as unknown as StudioApi);
  return { log, corrupt, ask: () => api.status(null) };
}

test('of a request that fails so, the reason is noted and the fault thrown on', async () => {
  const { log, ask } = watched(damaged('VipsPng: bad header in /home/vincent/private work/lake.png'));
  await expect(ask()).rejects.toMatchObject({ code: 'picture.corrupt' });
  expect(log.mock.calls).toEqual([['warn', expect.stringMatching(/^picture\.corrupt: file lake\.png, reason VipsPng: bad header in /)]]);
  expect(JSON.stringify(log.mock.calls)).not.toMatch(/vincent/);
});

test('a job that tells what its request throws is noted once; another reason again', async () => {
  const { log, corrupt, ask } = watched(damaged('it is cut off'));
  const job = { kind: 'job', job: { fault: { code: 'picture.corrupt', details: { file: 'lake.png', reason: 'it is cut off' } } } } as unknown as StudioEvent;
  corrupt.hear(job);
  await expect(ask()).rejects.toThrow();
  expect(log).toHaveBeenCalledTimes(1);
  corrupt.hear({ kind: 'glaze.failed', document: 'd', layer: 'g', fault: { code: 'asset.corrupt', details: { asset: 'abc' } } });
  expect(log).toHaveBeenLastCalledWith('warn', 'asset.corrupt: asset abc');
});

test('other faults are not noted', async () => {
  const { log, ask } = watched(new StudioError('disk.full', { file: 'lake.png' }));
  await expect(ask()).rejects.toMatchObject({ code: 'disk.full' });
  expect(log).not.toHaveBeenCalled();
});
