// Style files on their way in and out: what is taken, what is refused and why, and which pictures travel.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import type { Preset } from '../../../../src-main/contract/style.ts';
import { exportStyle } from '../../../../src-main/services/library/export-style.ts';
import { importStyles } from '../../../../src-main/services/library/import-styles.ts';
import { openLibrary } from '../../../../src-main/services/library/library.ts';
import { readPreset, writePreset } from '../../../../src-main/services/library/preset-file.ts';
import { readReferences } from '../../../../src-main/services/library/style-references.ts';
import { codePreset, libraryFolders, networkBySeed } from '../../../support/library-folders.ts';
import { presetOf } from '../../../support/preset.ts';

const jpeg = Buffer.from([0xff, 0xd8, 0xff, 0xd9]);
const elsewhere = '9'.repeat(64);

async function studio() {
  const { folders, base } = await libraryFolders();
  const warned: string[] = [];
  const warn = (key: string): unknown => warned.push(key);
  const fileOf = async (name: string, preset: Preset) => {
    const path = join(folders.home, name);
    await writePreset(path, preset);
    return path;
  };
  return {
    folders,
    base,
    warned,
    fileOf,
    library: openLibrary(folders, 'a test'),
    take: (...files: string[]) => importStyles(files, folders, warn),
    give: (style: string, request: { out?: string; withReference?: boolean } = {}) =>
      exportStyle({ style, out: folders.home, withReference: false, ...request }, folders, warn),
  };
}

describe('importing', () => {
  it('takes a code for the shipped base and a network, each with its own numbers', async () => {
    const { base, take, fileOf, library } = await studio();
    const code = await fileOf('code.vstyle', codePreset(base.id, 5, { name: 'Sketch' }));
    const network = await fileOf('network.vstyle', networkBySeed(6, { name: 'Painted' }));
    expect((await take(code, network)).map(({ result }) => result.ok)).toEqual([true, true]);
    for (const [name, file] of [['Sketch', code], ['Painted', network]] as const) {
      expect(await readPreset((await library.get(name)).path)).toEqual(await readPreset(file));
    }
  });

  it('takes a base and its code in one go, whichever is named first, and answers in the order asked', async () => {
    const { take, fileOf } = await studio();
    const ground = await fileOf('ground.vstyle', networkBySeed(6, { name: 'Ground' }));
    const code = await fileOf('code.vstyle', codePreset((await readPreset(ground)).record.id, 5, { name: 'Sketch' }));
    expect((await take(code, ground)).map(({ file, result }) => [basename(file), result.ok])).toEqual([['code.vstyle', true], ['ground.vstyle', true]]);
  });

  it('refuses a code for a base that is not at hand, naming it', async () => {
    const { take, fileOf, folders } = await studio();
    const [item] = await take(await fileOf('code.vstyle', codePreset(elsewhere, 5)));
    expect(item?.result).toEqual({ ok: false, fault: { code: 'preset.other-base', details: { file: 'code.vstyle', base: '9'.repeat(12) } } });
    expect(readdirSync(folders.home)).not.toContain('styles');
  });

  it('takes such a code where pictures come with it, and says that it must be taught anew', async () => {
    const { take, fileOf, folders, warned, library } = await studio();
    const [item] = await take(await fileOf('code.vstyle', { ...codePreset(elsewhere, 5, { name: 'Sketch' }), references: [jpeg, jpeg] }));
    expect(item?.result.ok).toBe(true);
    expect(warned).toEqual(['preset.needs-migration']);
    const { record } = await library.get('Sketch');
    expect(await readReferences(record.id, folders)).toEqual([jpeg, jpeg]);
  });

  it('goes on after a bad file, and keeps the older style of a name', async () => {
    const { base, take, fileOf, folders, warned, library } = await studio();
    await library.add(codePreset(base.id, 4, { name: 'Sketch' }));
    const torn = join(folders.home, 'torn.vstyle');
    const good = await fileOf('good.vstyle', codePreset(base.id, 5, { name: 'Sketch' }));
    writeFileSync(torn, readFileSync(good).subarray(0, 300));
    const [first, second] = await take(torn, good);
    expect(first?.result).toMatchObject({ ok: false, fault: { code: 'preset.corrupt', details: { file: 'torn.vstyle' } } });
    expect(second?.result.ok).toBe(true);
    expect(warned).toEqual(['preset.kept-version']);
    expect((await library.list()).styles).toHaveLength(2);
  });

  it('refuses a newer format, numbers that fit no network, a foreign engine and a reference that is no picture', async () => {
    const { take, fileOf, base } = await studio();
    const newer = await fileOf('newer.vstyle', codePreset(base.id, 5));
    const parts = unzipSync(readFileSync(newer));
    const record = JSON.parse(strFromU8(parts['preset.json'] ?? jpeg)) as object;
    writeFileSync(newer, zipSync({ ...parts, 'preset.json': strToU8(JSON.stringify({ ...record, formatVersion: 99 })) }));
    const files = [
      newer,
      await fileOf('numbers.vstyle', presetOf({ record: { base: base.id } })),
      await fileOf('engine.vstyle', codePreset(base.id, 5, { engine: 'another' })),
      await fileOf('picture.vstyle', { ...codePreset(base.id, 5), references: [Buffer.from('<svg/>')] }),
    ];
    const faults = (await take(...files)).map(({ result }) => (result.ok ? '' : `${result.fault.code} ${result.fault.details['reason'] ?? ''}`));
    expect(faults).toEqual([
      'preset.newer ',
      'preset.corrupt its numbers do not fit the networks it names',
      'preset.corrupt it belongs to a style engine this program does not have',
      'preset.corrupt a reference is no JPEG',
    ]);
  });
});

describe('exporting', () => {
  it('lets no picture leave the library unless that is asked for', async () => {
    const { base, give, library, folders } = await studio();
    await library.add(codePreset(base.id, 5, { name: 'Sketch' }), [jpeg]);
    const plain = await give('sketch');
    expect([plain.file, plain.references]).toEqual([join(folders.home, 'Sketch.vstyle'), 0]);
    expect(Object.keys(unzipSync(readFileSync(plain.file)))).toEqual(['preset.json', 'weights.safetensors']);
    const whole = await give('sketch', { out: join(folders.home, 'whole.vstyle'), withReference: true });
    expect((await readPreset(whole.file)).references).toEqual([new Uint8Array(jpeg)]);
    expect((await readPreset(whole.file)).record.id).toBe(plain.id);
  });

  it('refuses pictures that are not there, and to write over a file', async () => {
    const { base, give, library } = await studio();
    await library.add(codePreset(base.id, 5, { name: 'Sketch' }));
    await expect(give('Sketch', { withReference: true })).rejects.toMatchObject({ code: 'preset.no-reference', details: { name: 'Sketch' } });
    const { file } = await give('Sketch');
    const bytes = readFileSync(file);
    await expect(give('Sketch')).rejects.toMatchObject({ code: 'disk.exists', details: { file: 'Sketch.vstyle' } });
    expect(readFileSync(file)).toEqual(bytes);
  });

  it('says where the file alone will not paint: over a base that does not ship', async () => {
    const { base, give, library, warned } = await studio();
    await library.add(codePreset(base.id, 5, { name: 'Shipped base' }));
    const { style } = await library.add(networkBySeed(7, { name: 'Ground' }));
    await library.add(codePreset(style.record.id, 6, { name: 'Own base' }));
    await give('Shipped base');
    await give('Ground');
    expect(warned).toEqual([]);
    await give('Own base');
    expect(warned).toEqual(['preset.needs-base']);
  });
});
