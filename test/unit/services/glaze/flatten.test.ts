// A state of a document as one picture: a cancel is heard while it is composited from memory, and while it is scaled.
import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { documentOf } from '../../../../src-main/services/documents/new-document.ts';
import { flatten } from '../../../../src-main/services/glaze/flatten.ts';
import type { GlazeScene } from '../../../../src-main/services/glaze/glaze-scene.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

/** Waits for nothing. */
const grey: GlazeScene = {
  record: documentOf('document-1', { name: 'Grey', width: 1200, height: 1200, dpi: 300, depth: 8 }, []),
  raster: () => undefined,
  load: () => Promise.resolve(() => undefined),
  composite: (region) => Promise.resolve({ region, data: new Float32Array(region.width * region.height * 4).fill(0.5) }),
};

/** Ends the work by a message that comes when so much of it is composited; answers what came of it, and how far it went. */
async function cancelledAt(share: number) {
  const [folder, cancel, seen] = [temporaryFolder(), new AbortController(), [] as number[]];
  const progress = (done: number): void => {
    seen.push(done);
    if (done >= share) setImmediate(() => cancel.abort());
  };
  const outcome = await flatten(grey, { longSidePx: 600 }, folder, { signal: cancel.signal, progress }).then(({ width }) => width, ({ code }: { code: string }) => code);
  return { outcome, furthest: seen.at(-1), left: readdirSync(folder) };
}

test('a cancel is heard between the pieces and between the bands of scaling, and leaves nothing', async () => {
  expect(await cancelledAt(0.4)).toMatchObject({ outcome: 'job.cancelled', furthest: 512 / 1200, left: [] });
  expect(await cancelledAt(1)).toMatchObject({ outcome: 'job.cancelled', furthest: 1, left: [] });
  expect(await cancelledAt(2)).toMatchObject({ outcome: 600, left: [] });
});
