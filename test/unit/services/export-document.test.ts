// A document written as a picture file: what a cancel finds and leaves.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { JobProgress } from '../../../src-main/contract/job.ts';
import { bandsOf } from '../../../src-main/engine/image/scale-spool.ts';
import { documentOf } from '../../../src-main/services/documents/new-document.ts';
import { exportDocument } from '../../../src-main/services/export/export-document.ts';
import type { GlazeScene } from '../../../src-main/services/glaze/glaze-scene.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const grey: GlazeScene = {
  record: documentOf('document-1', { name: 'Grey', width: 64, height: 64, dpi: 300, depth: 8 }, []),
  raster: () => undefined,
  load: () => Promise.resolve(() => undefined),
  composite: (region) => Promise.resolve({ region, data: new Float32Array(region.width * region.height * 4).fill(0.5) }),
};

const order = (folder: string) => ({ format: 'png', width: 3000, dpi: 300, depth: 8, profile: 'srgb', matte: [1, 1, 1], out: join(folder, 'grey.png') }) as const;

test('a cancel that comes while a picture is scaled leaves nothing', async () => {
  const folder = temporaryFolder();
  const cancel = new AbortController();
  const stages: string[] = [];
  const progress = ({ stage }: JobProgress): void => {
    stages.push(stage);
    if (stage === 'scale') setImmediate(() => cancel.abort()); // As a message from another process comes.
  };
  await expect(exportDocument(grey, order(folder), folder, { signal: cancel.signal, progress })).rejects.toMatchObject({ code: 'job.cancelled' });
  expect(stages).not.toContain('encode');
  expect(readdirSync(folder)).toEqual([]);
});

test('messages are heard between the bands of a picture that is scaled and written', async () => {
  const folder = temporaryFolder();
  let turns = 0;
  let isCounting = false;
  const count = (): void => {
    turns++;
    if (isCounting) setImmediate(count);
  };
  const progress = ({ stage }: JobProgress): void => {
    isCounting = stage === 'scale';
    if (isCounting) setImmediate(count);
  };
  await exportDocument(grey, order(folder), folder, { signal: new AbortController().signal, progress });
  const bands = bandsOf({ width: 3000, height: 3000 }).length;
  expect(turns).toBeGreaterThan(2 * bands); // Scaling, looking for what is see-through, writing.
});
