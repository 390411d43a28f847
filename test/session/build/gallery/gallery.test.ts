// The gallery from toy styles: each in half precision, with the card of its painting and a thumbnail it painted itself.
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { makeGallery } from '../../../../build/gallery/gallery.ts';
import { encodePixels, inspectPicture } from '../../../../src-main/engine/image/codec.ts';
import { openLibrary } from '../../../../src-main/services/library/library.ts';
import { makeFolder } from '../../../../src-main/services/disk.ts';
import { readPreset, writePreset } from '../../../../src-main/services/library/preset-file.ts';
import { openStyles } from '../../../../src-main/services/library/styles.ts';
import { codePreset, libraryFolders, networkBySeed } from '../../../support/library-folders.ts';
import { strokePicture } from '../../../support/small-teaching.ts';

const hueSpread = { red: 0.003, blue: 0.004, both: -0.002 };
const slugs = ['munch-scream', 'vangogh-sunflowers'];

/** Trained styles of two paintings, and the files the gallery is made from. */
async function toy() {
  const { folders, base } = await libraryFolders();
  const trained = join(folders.home, 'trained');
  await makeFolder(trained);
  const at = (name: string): string => join(trained, name);
  const critic = { critic: { channels: [1], styles: 1 } };
  for (const [seed, slug] of slugs.entries()) await writePreset(at(`${slug}.vstyle`), { ...networkBySeed(seed + 3, { name: slug, base: base.id, hueSpread, ...critic }), critic: new Float32Array(4) });
  writeFileSync(at('meters.json'), JSON.stringify({ judge: 'a judge', styles: { 'munch-scream': { styleMatch: 1.23456, contentKept: 0.5, colourShift: 20 } } }));
  await encodePixels(strokePicture(400, 300), at('sample.jpg'));
  return { folders, base, at, files: { trained, sample: at('sample.jpg'), out: join(folders.resources, 'styles'), only: /scream|sunflowers/ } };
}

it('ships each trained style in half precision, without its discriminator, found by its titles', async () => {
  const { folders, base, files, at } = await toy();
  const written = await makeGallery({ ...files, meters: at('meters.json') });
  expect(written.map(({ name, base: over, kind, precision }) => [name, over, kind, precision])).toEqual(slugs.map((slug) => [slug, base.id, 'network', 'float16']));
  const { path } = await openLibrary(folders, 'a test').get('呐喊');
  const { code, weights, critic, record, thumbnail } = await readPreset(path);
  const whole = await readPreset(at('munch-scream.vstyle'));
  const farthest = (a: Float32Array, b: Float32Array): number => a.reduce((most, value, index) => Math.max(most, Math.abs(value - b[index]!) / Math.max(Math.abs(b[index]!), 1e-3)), 0);
  expect(farthest(code, whole.code)).toBeLessThan(2 ** -10);
  expect(farthest(weights!, whole.weights!)).toBeLessThan(2 ** -10);
  expect([critic, record.critic]).toEqual([undefined, undefined]);
  expect(record.hueSpread).toEqual(hueSpread);
  expect(record.card).toMatchObject({ painterDied: 1944, meters: { styleMatch: { value: 1.235, judge: 'a judge' } } });
  expect(statSync(path).size - thumbnail!.length).toBeLessThan(0.55 * statSync(at('munch-scream.vstyle')).size);
  writeFileSync(at('thumbnail.png'), thumbnail!);
  expect(await inspectPicture(at('thumbnail.png'))).toMatchObject({ width: 320, height: 240 });
});

it('ships styles that mix in one pass, since all come from one base', async () => {
  const { folders, files } = await toy();
  await makeGallery(files);
  const warned: string[] = [];
  const mix = [{ style: 'The Scream', weight: 1 }, { style: 'Sunflowers', weight: 2 }];
  const styles = await openStyles({ mix, strength: 1, seed: 1, noise: 1, device: 'cpu', threads: 1 }, folders, (key) => warned.push(key));
  await styles.runner.close();
  expect(warned).toEqual([]);
});

it('gives equal files from equal inputs', async () => {
  const { folders, files } = await toy();
  for (const out of ['a', 'b']) await makeGallery({ ...files, only: /munch/, out: join(folders.home, out) });
  const [a, b] = ['a', 'b'].map((out) => readFileSync(join(folders.home, out, 'munch-scream.vstyle')));
  expect(a).toEqual(b);
});

it('refuses a style that was never trained, a mere code, and one whose hues were not measured', async () => {
  const { base, files, at } = await toy();
  await expect(makeGallery({ ...files, only: /udnie/ })).rejects.toMatchObject({ code: 'preset.missing' });
  await writePreset(at('picabia-udnie.vstyle'), codePreset(base.id, 4, { name: 'picabia-udnie' }));
  await expect(makeGallery({ ...files, only: /udnie/ })).rejects.toThrow(/picabia-udnie has no weights/);
  await writePreset(at('picabia-udnie.vstyle'), networkBySeed(4, { name: 'picabia-udnie', base: base.id }));
  await expect(makeGallery({ ...files, only: /udnie/ })).rejects.toThrow(/picabia-udnie has no hues/);
});
