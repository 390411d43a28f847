// A document written as a picture file: what a cancel finds and leaves.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
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

test('a cancel that comes while a picture is scaled is heard there, and leaves nothing', async () => {
  const folder = temporaryFolder();
  const cancel = new AbortController();
  const stages: string[] = [];
  const order = { format: 'png', width: 3000, dpi: 300, depth: 8, profile: 'srgb', matte: [1, 1, 1], out: join(folder, 'grey.png') } as const;
  const exported = exportDocument(grey, order, folder, {
    signal: cancel.signal,
    progress: ({ stage }) => {
      stages.push(stage);
      if (stage === 'scale') setImmediate(() => cancel.abort()); // As a message from another process comes.
    },
  });
  await expect(exported).rejects.toMatchObject({ code: 'job.cancelled' });
  expect(stages).not.toContain('encode');
  expect(readdirSync(folder)).toEqual([]);
});
