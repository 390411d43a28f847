// Codes of a base that is gone, taught anew from the pictures kept of them; what cannot be is left as it was.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { encodePixels } from '../../../../src-main/engine/image/codec.ts';
import { openLibrary } from '../../../../src-main/services/library/library.ts';
import { migrateStyle, stylesToMigrate } from '../../../../src-main/services/library/migrate-styles.ts';
import { nodePlatform } from '../../../../src-main/services/node-platform.ts';
import { readPreset } from '../../../../src-main/services/library/preset-file.ts';
import { readReferences } from '../../../../src-main/services/library/style-references.ts';
import { codePreset, libraryFolders, networkBySeed } from '../../../support/library-folders.ts';
import { recipe } from '../../../support/preset.ts';
import { strokePicture } from '../../../support/small-teaching.ts';
import { keepTold } from '../../../support/teach-folder.ts';
import { tinyFeatureNetwork } from '../../../support/tiny-feature-network.ts';

const gone = '9'.repeat(64);

async function studio() {
  const { folders, base } = await libraryFolders();
  const picture = join(folders.home, 'painting.jpg');
  await encodePixels(strokePicture(96, 72), picture);
  const features = join(folders.home, 'features.onnx');
  writeFileSync(features, tinyFeatureNetwork());
  const library = openLibrary(folders, 'a test');
  const told = keepTold(new AbortController().signal);
  const platform = { ...nodePlatform({ environment: { VELATURA_HOME: folders.home } }), folders };
  const wishes = { depth: 'sketch', steps: 3, features, threads: 1 } as const;
  const migrate = async (style: string) => migrateStyle(await library.get(style), wishes, platform, {}, told.watch);
  return { folders, base, library, migrate, told, painting: readFileSync(picture) };
}

describe('a code whose base is gone', () => {
  it('is taught anew over the shipped base with its own settings, and the old one is kept', async () => {
    const { folders, base, library, migrate, told, painting } = await studio();
    const own = { ...recipe, seed: 42, cropPx: 64, styleSizePx: 96 };
    const old = codePreset(gone, 5, { name: 'Sketch', learnedSizePx: 96, licence: 'Mine.', lineage: { recipe: own, steps: 9 } });
    const { style } = await library.add(old, [painting]);
    const migrated = await migrate('Sketch');
    expect(migrated).toMatchObject({ from: gone, to: base.id, references: 1, kept: `Sketch@${style.record.id.slice(0, 12)}` });
    const { record } = await readPreset(migrated.style.path);
    expect(record).toMatchObject({ name: 'Sketch', kind: 'code', base: base.id, learnedSizePx: 96, licence: 'Mine.', lineage: { parent: style.record.id } });
    expect(record.lineage.recipe).toMatchObject({ seed: 42, cropPx: 64, styleSizePx: 96 });
    expect(await readReferences(record.id, folders), 'it can be taught anew again').toEqual([painting]);
    expect((await library.get(style.record.id)).record).toEqual(style.record);
    expect(told.warnings).toContain('preset.kept-version');
    expect(readdirSync(folders.work), 'no work is left').toEqual([]);
    expect(await stylesToMigrate(folders), 'and its older version is nobody’s task').toEqual([]);
  });

  it('is left as it was where nothing is kept of it', async () => {
    const { library, migrate } = await studio();
    const { style } = await library.add(codePreset(gone, 5, { name: 'Sketch' }));
    const bytes = readFileSync(style.path);
    await expect(migrate('Sketch')).rejects.toMatchObject({ code: 'preset.no-reference', details: { name: 'Sketch' } });
    expect(readFileSync(style.path)).toEqual(bytes);
  });
});

describe('nothing is taught anew', () => {
  it('that stands on the shipped base, or on weights of its own', async () => {
    const { base, folders, library, migrate, painting } = await studio();
    await library.add(codePreset(base.id, 5, { name: 'Fresh' }), [painting]);
    await library.add(networkBySeed(6, { name: 'Ground' }), [painting]);
    expect(await stylesToMigrate(folders)).toEqual([]);
    for (const name of ['Fresh', 'Ground']) await expect(migrate(name)).rejects.toMatchObject({ code: 'preset.not-migrated', details: { name } });
  });

  it('of all that is there but codes whose base is nowhere', async () => {
    const { folders, library } = await studio();
    const { style } = await library.add(networkBySeed(6, { name: 'Ground' }));
    await library.add(codePreset(style.record.id, 5, { name: 'On the ground' }));
    await library.add(codePreset(gone, 6, { name: 'In the air' }));
    expect((await stylesToMigrate(folders)).map(({ name }) => name)).toEqual(['In the air']);
  });
});
