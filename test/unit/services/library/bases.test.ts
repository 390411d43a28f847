// Bases: the identity generator that ships, or a file, as long as it has weights.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findBase, findBaseFile, openBase, shippedBaseFile } from '../../../../src-main/services/library/bases.ts';
import { openLibrary } from '../../../../src-main/services/library/library.ts';
import { writePreset } from '../../../../src-main/services/library/preset-file.ts';
import { presetOf } from '../../../support/preset.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

async function shipped() {
  const home = temporaryFolder();
  const resources = join(home, 'resources');
  mkdirSync(join(resources, 'models'), { recursive: true });
  const identity = await writePreset(join(resources, 'models', 'identity.vstyle'), presetOf({ weights: [1, 2, 3], record: { name: 'Identity' } }));
  return { folders: { home, styles: join(home, 'styles'), work: join(home, 'work'), resources }, identity };
}

describe('a base', () => {
  it('is the identity generator for "none", and any network by its file', async () => {
    const { folders, identity } = await shipped();
    expect((await openBase('none', folders)).record.id).toBe(identity.id);
    const own = join(folders.home, 'own.vstyle');
    await writePreset(own, presetOf({ weights: [4] }));
    expect((await openBase(own, folders)).weights).toEqual(Float32Array.of(4));
  });

  it('is no mere code', async () => {
    const { folders } = await shipped();
    const code = join(folders.home, 'code.vstyle');
    await writePreset(code, presetOf({ record: { name: 'Only a code' } }));
    await expect(openBase(code, folders)).rejects.toMatchObject({ code: 'preset.other-base', details: { file: 'Only a code', base: 'b'.repeat(12) } });
  });

  it('is found by its id, and another is not', async () => {
    const { folders, identity } = await shipped();
    expect((await findBase(identity.id, folders))?.record.name).toBe('Identity');
    expect(await findBase('0'.repeat(64), folders)).toBeUndefined();
  });

  it('ships under any name, and is what styles are taught over where it is called base', async () => {
    const { folders } = await shipped();
    expect(await shippedBaseFile(folders)).toBeUndefined();
    const path = join(folders.resources, 'models', 'base.vstyle');
    const { id } = await writePreset(path, presetOf({ weights: [7], record: { name: 'base' } }));
    expect([await shippedBaseFile(folders), await findBaseFile(id, folders)]).toEqual([path, path]);
  });

  it('is also a style of the library that has weights, an older version too, but no code', async () => {
    const { folders } = await shipped();
    const library = openLibrary(folders, 'a test');
    const ids: string[] = [];
    for (const weights of [[5], [6]]) ids.push((await library.add(presetOf({ weights, record: { name: 'Ground' } }))).style.record.id);
    const code = await library.add(presetOf({ record: { name: 'Sketch' } }));
    expect((await findBase(ids[0]!, folders))?.weights).toEqual(Float32Array.of(5));
    expect((await findBase(ids[1]!, folders))?.weights).toEqual(Float32Array.of(6));
    expect(await findBase(code.style.record.id, folders)).toBeUndefined();
  });

  it('that should ship and does not is a fault', async () => {
    const folders = { resources: temporaryFolder() };
    await expect(openBase('none', folders)).rejects.toMatchObject({ code: 'preset.missing' });
  });
});
