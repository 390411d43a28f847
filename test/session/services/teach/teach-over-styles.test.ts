// Teaching on top of earlier styles of the library: as their base, and as their new version.
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { PresetRecord } from '../../../../src-main/contract/style.ts';
import { inspectPicture } from '../../../../src-main/engine/image/codec.ts';
import { openLibrary } from '../../../../src-main/services/library/library.ts';
import { nodePlatform } from '../../../../src-main/services/node-platform.ts';
import { readPreset } from '../../../../src-main/services/library/preset-file.ts';
import { readReferences } from '../../../../src-main/services/library/style-references.ts';
import { openStyles } from '../../../../src-main/services/library/styles.ts';
import { teach } from '../../../../src-main/services/teach/teach.ts';
import { teachRequest, type TeachWishes } from '../../../../src-main/services/teach/teach-request.ts';
import { keepTold, teachFolder } from '../../../support/teach-folder.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

/** A library with one style, Ground, taught at 96 px; `taught` teaches another into it. */
async function studio() {
  const folder = temporaryFolder();
  const { styleSizePx: _learned, base: _base, ...small } = await teachFolder(folder, { name: 'Ground', depth: 'refine', steps: 4, styleSizePx: 96 });
  const platform = nodePlatform({ environment: { VELATURA_HOME: join(folder, 'home') } });
  const library = openLibrary(platform.folders, 'a test');
  const warnings: string[] = [];
  const taught = async (wishes: Partial<TeachWishes>): Promise<PresetRecord> => {
    const request = await teachRequest({ ...small, ...wishes }, platform.folders, {});
    const told = keepTold(new AbortController().signal);
    const { preset } = await teach(request, { addToLibrary: true }, platform, told.watch);
    warnings.push(...told.warnings);
    return (await readPreset(preset)).record;
  };
  const open = (style: string) => openStyles({ mix: [{ style, weight: 1 }], strength: 1, seed: 1, noise: 1, device: 'cpu', threads: 1 }, platform.folders, () => undefined);
  const ground = await taught({ base: join(folder, 'base.vstyle'), styleSizePx: 96 });
  return { library, taught, open, ground, warnings, folder, home: platform.folders.home };
}

/** The bytes as a file. */
async function written(folder: string, bytes: Uint8Array | undefined): Promise<string> {
  const path = join(folder, 'reference.jpg');
  writeFileSync(path, bytes ?? '');
  return path;
}

describe('a style of the library', () => {
  it('is a base by its name: a sketch over it is a code that paints as long as it is there', async () => {
    const { library, taught, open, ground } = await studio();
    const sketch = await taught({ name: 'Sketch', base: 'Ground', depth: 'sketch', steps: 3, styleSizePx: 96 });
    expect(sketch).toMatchObject({ kind: 'code', base: ground.id });
    const styles = await open('Sketch');
    expect(styles.styles).toMatchObject([{ name: 'Sketch', kind: 'code', id: sketch.id }]);
    await styles.runner.close();
    // a code is gone on with over its base, whether or not the base is named
    const again = await taught({ name: 'Sketch', continueStyle: 'Sketch', depth: 'refine', steps: 4 });
    expect(again).toMatchObject({ kind: 'network', base: ground.id, learnedSizePx: 96, lineage: { parent: sketch.id } });
    rmSync((await library.find('Ground')).path);
    const lost = { code: 'preset.other-base', details: { file: 'Sketch', base: ground.id.slice(0, 12) } };
    await expect(open(sketch.id)).rejects.toMatchObject(lost);
    await expect(taught({ name: 'Sketch', continueStyle: sketch.id, depth: 'sketch' })).rejects.toMatchObject(lost);
  });

  it('is continued as a new version of its name, with its strokes’ size, and the old version stays', async () => {
    const { library, taught, ground, warnings } = await studio();
    const next = await taught({ name: 'Ground', continueStyle: 'Ground', depth: 'paint', steps: 6 });
    expect(next).toMatchObject({ name: 'Ground', base: ground.base, learnedSizePx: 96, depth: 'paint', lineage: { parent: ground.id, steps: 6 } });
    expect(next.lineage.recipe.phases.map(({ depth }) => depth)).toEqual(['sketch', 'refine', 'paint']);
    expect(warnings).toContain('preset.kept-version');
    const { styles } = await library.list();
    const own = styles.filter(({ shipped }) => !shipped);
    expect(own.map(({ name, record }) => [name, record.id])).toEqual([['Ground', next.id], [`Ground@${ground.id.slice(0, 12)}`, ground.id]]);
  });

  it('keeps small pictures of what it was learned from beside the library, and none in the file it hands out', async () => {
    const { taught, ground, home, folder } = await studio();
    const [painting] = await readReferences(ground.id, { home });
    const info = await inspectPicture(await written(folder, painting));
    expect([info.width, info.height, info.format]).toEqual([96, 72, 'jpeg']);
    expect((await readPreset(join(folder, 'out', 'Ground.vstyle'))).references).toBeUndefined();
    const next = await taught({ name: 'Ground', continueStyle: 'Ground', depth: 'refine', steps: 4 });
    expect(await readReferences(next.id, { home }), 'the new painting and the earlier one').toHaveLength(2);
  });
});
