// Where painting a large file pauses, so that a cancel and the pen are heard.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, it, vi } from 'vitest';
import type { PixelBuffer } from '../../../../src-main/contract/image.ts';
import type { JobProgress } from '../../../../src-main/contract/job.ts';
import { encodePixels } from '../../../../src-main/engine/image/codec.ts';
import { bandsOf } from '../../../../src-main/engine/image/scale-spool.ts';
import { stylize } from '../../../../src-main/services/stylize/stylize.ts';
import { localRunner } from '../../../support/local-runner.ts';

let [pauses, heard] = [0, 0];
vi.mock('../../../../src-main/engine/image/next-turn.ts', async (original) => {
  const { nextTurn } = await original<{ nextTurn: (signal?: AbortSignal) => Promise<void> }>();
  return {
    nextTurn: async (signal?: AbortSignal): Promise<void> => {
      pauses++;
      setImmediate(() => heard++); // a message that waits
      await nextTurn(signal);
    },
  };
});

const folder = mkdtempSync(join(tmpdir(), 'velatura-turns-'));
beforeEach(() => void ([pauses, heard] = [0, 0]));
afterAll(() => rmSync(folder, { recursive: true }));

it('hears what waits before every band of paint and picture that are joined', async () => {
  const data = Uint8Array.from({ length: 151 * 97 * 3 }, (_, at) => (at * 7) % 251);
  const [picture, workFolder] = [join(folder, 'scene.png'), join(folder, 'work')];
  mkdirSync(workFolder);
  await encodePixels({ width: 151, height: 97, channels: 3, depth: 8, data } as PixelBuffer, picture);
  let [pausesPainted, unheardAtEnd] = [0, -1];
  const progress = ({ stage, done, total }: JobProgress): void => {
    if (stage === 'paint' && done === total) pausesPainted = pauses;
    if (stage === 'encode') unheardAtEnd = pauses - heard;
  };
  const wanted = { picture, out: join(folder, 'out.png'), mix: [{ style: 'double', weight: 1 }], strength: 1, keepColours: 0.5, strokePercent: 400, tilePx: 512, longSidePx: 2600, workFolder };
  await stylize(wanted, localRunner().runner, { signal: new AbortController().signal, progress, warn: () => undefined });
  // one for the last tile, then one before every band; the picture was scaled for the finest pass
  expect(pauses - pausesPainted).toBe(1 + bandsOf({ width: 2600, height: 1670 }).length);
  expect(unheardAtEnd).toBe(0);
});
