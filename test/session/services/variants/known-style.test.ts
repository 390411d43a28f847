// The style match of shipped styles, whose paintings are known by a sketch only.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { decodePixels } from '../../../../src-main/engine/image/codec.ts';
import { createOrtSessions } from '../../../../src-main/engine/runtime/ort-node.ts';
import { planesOf } from '../../../../src-main/engine/tensor/layout.ts';
import { foldersOf } from '../../../../src-main/services/node-platform.ts';
import { readPreset } from '../../../../src-main/services/library/preset-file.ts';
import { knownStyles, withKnownStyle } from '../../../../src-main/services/variants/known-style.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

const sessions = createOrtSessions();
const known = knownStyles(sessions);
afterAll(() => expect(sessions.liveSessions()).toBe(0));

/** The sample picture, and how a shipped style's thumbnail shows it painted. */
async function pictures(slug: string) {
  const home = temporaryFolder();
  const folders = foldersOf({ VELATURA_HOME: home });
  const { thumbnail } = await readPreset(join(folders.resources, 'styles', `${slug}.vstyle`));
  const painted = join(home, `${slug}.png`);
  writeFileSync(painted, thumbnail ?? new Uint8Array());
  const longSide = 320;
  return { folders, before: planesOf(await decodePixels(join(folders.resources, 'samples', 'evening-lake.jpg'), { longSide })), after: planesOf(await decodePixels(painted, { longSide })) };
}

test('paint is nearer to the painting it was made after than to another, and the picture itself has gone no way', async () => {
  const { before, after, folders } = await pictures('vangogh-starry-night');
  const starry = await known.find('The Starry Night', folders);
  const own = await starry?.way(before, after);
  const other = await (await known.find('Composition VII', folders))?.way(before, after);
  expect(own).toBeGreaterThan(0.4);
  expect(own! - other!).toBeGreaterThan(0.15);
  expect(await starry?.way(before, before)).toBe(0);
});

test('of a style the base does not know nothing is said, and meters that are told already stand', async () => {
  const { before, after, folders } = await pictures('vangogh-starry-night');
  expect(await known.find('nobody’s', folders)).toBeUndefined();
  const told = { contentKept: 0.5, styleMatch: 0.25 };
  expect(await withKnownStyle(told, () => known.find('The Starry Night', folders), { before, after })).toBe(told);
});
