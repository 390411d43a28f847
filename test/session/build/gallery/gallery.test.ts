// The gallery from a toy base: each row of its table a style that paints over it, with the card of its painting.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { makeGallery } from '../../../../build/gallery/gallery.ts';
import { paintings } from '../../../../build/gallery/paintings.ts';
import { encodePixels, inspectPicture } from '../../../../src-main/engine/image/codec.ts';
import { writeSafetensors } from '../../../../src-main/engine/tensor/safetensors.ts';
import { tensor } from '../../../../src-main/engine/tensor/tensor.ts';
import { openLibrary } from '../../../../src-main/services/library.ts';
import { readPreset } from '../../../../src-main/services/preset-file.ts';
import { openStyles } from '../../../../src-main/services/styles.ts';
import { libraryFolders } from '../../../support/library-folders.ts';
import { codeBySeed } from '../../../support/small-styles.ts';
import { smallGenerator, strokePicture } from '../../../support/small-teaching.ts';

const slugs = ['identity', ...paintings.map(({ slug }) => slug)];

/** A base with a table beside it, and the files the gallery is made from. */
async function toy() {
  const { folders, base } = await libraryFolders();
  const rows = slugs.map((_, row) => codeBySeed(smallGenerator, row + 1));
  const size = rows[0]?.length ?? 0;
  const models = join(folders.resources, 'models');
  const at = (name: string): string => join(models, name);
  writeFileSync(at('table.safetensors'), writeSafetensors({ codes: tensor([rows.length, size], Float32Array.from(rows.flatMap((row) => [...row]))) }));
  writeFileSync(at('table.json'), JSON.stringify({ base: base.id, slugs }));
  writeFileSync(at('meters.json'), JSON.stringify({ judge: 'a judge', styles: { 'munch-scream': { styleMatch: 1.23456, contentKept: 0.5, colourShift: 20 } } }));
  await encodePixels(strokePicture(400, 300), at('sample.jpg'));
  const files = { base: at('base.vstyle'), codes: at('table.safetensors'), slugs: at('table.json'), sample: at('sample.jpg'), out: join(folders.resources, 'styles') };
  return { folders, base, rows, files, at };
}

it('ships each row as a code for the base, found by its titles and painting over the base', async () => {
  const { folders, base, rows, files, at } = await toy();
  const written = await makeGallery({ ...files, meters: at('meters.json'), only: /scream|sunflowers/ });
  expect(written.map(({ name, base: over, kind }) => [name, over, kind])).toEqual([['munch-scream', base.id, 'code'], ['vangogh-sunflowers', base.id, 'code']]);
  const { path } = await openLibrary(folders, 'a test').get('呐喊');
  const { code, record, thumbnail } = await readPreset(path);
  expect(code).toEqual(rows[slugs.indexOf('munch-scream')]);
  expect(record.card).toMatchObject({ painterDied: 1944, meters: { styleMatch: { value: 1.235, judge: 'a judge' } } });
  writeFileSync(at('thumbnail.png'), thumbnail ?? '');
  expect(await inspectPicture(at('thumbnail.png'))).toMatchObject({ width: 320, height: 240 });
  const styles = await openStyles({ mix: [{ style: 'The Scream', weight: 1 }], strength: 1, seed: 1, noise: 1, device: 'cpu', threads: 1 }, folders, () => undefined);
  await styles.runner.close();
});

it('gives equal files from equal inputs', async () => {
  const { folders, files } = await toy();
  for (const out of ['a', 'b']) await makeGallery({ ...files, only: /munch/, out: join(folders.home, out) });
  const [a, b] = ['a', 'b'].map((out) => readFileSync(join(folders.home, out, 'munch-scream.vstyle')));
  expect(a).toEqual(b);
});

it('refuses a table of another base, and one whose rows are not all named', async () => {
  const { files, at } = await toy();
  writeFileSync(at('table.json'), JSON.stringify({ base: '9'.repeat(64), slugs }));
  await expect(makeGallery(files)).rejects.toThrow(/belongs to the base 999999999999/);
  writeFileSync(at('table.json'), JSON.stringify({ slugs: slugs.slice(1) }));
  await expect(makeGallery(files)).rejects.toThrow(/names 28 rows of 29/);
});
