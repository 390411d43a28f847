// The .vstyle file: exact both ways, kind to newer programs, unmoved by hostile bytes and failing disks.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { describe, expect, it, vi } from 'vitest';
import { presetIdOf, readPreset, readPresetCover, writePreset } from '../../../../src-main/services/library/preset-file.ts';
import { failAt, failure } from '../../../support/failing-disk.ts';
import { presetOf } from '../../../support/preset.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

vi.mock('node:fs/promises', async (original) => (await import('../../../support/failing-disk.ts')).failingDisk(await original()));

const png = new Uint8Array([0x89, 0x50, 0x4e, 0x47]);
const corrupt = (reason: string) => expect.objectContaining({ code: 'preset.corrupt', details: { file: 'a.vstyle', reason: expect.stringContaining(reason) } });

async function written(folder = temporaryFolder()): Promise<{ path: string; parts: Record<string, Uint8Array> }> {
  const path = join(folder, 'a.vstyle');
  await writePreset(path, presetOf({ weights: [1, 2, 3, 4], thumbnail: png }));
  return { path, parts: unzipSync(readFileSync(path)) };
}

function recordIn(parts: Record<string, Uint8Array>): Record<string, unknown> {
  return JSON.parse(strFromU8(parts['preset.json'] ?? png)) as Record<string, unknown>;
}

describe('a preset file', () => {
  it('keeps halves where the record asks for them, and says so to older readers', async () => {
    const path = join(temporaryFolder(), 'half.vstyle');
    const preset = presetOf({ weights: [0.1, 2, 3, 4], record: { kind: 'network', precision: 'float16' } });
    const record = await writePreset(path, preset);
    expect(record).toMatchObject({ formatVersion: 2, precision: 'float16', id: presetIdOf(preset) });
    const read = await readPreset(path);
    expect([...read.weights!]).toEqual([0.0999755859375, 2, 3, 4]);
    expect(await writePreset(path, read)).toEqual(record);
    expect(presetIdOf(read)).toBe(record.id);
    expect(presetIdOf({ ...preset, record: { ...preset.record, precision: 'float32' } })).not.toBe(record.id);
  });

  it('writes floats in the form that older readers know', async () => {
    const record = await writePreset(join(temporaryFolder(), 'whole.vstyle'), presetOf({ record: { formatVersion: 2 } }));
    expect(record.formatVersion).toBe(1);
  });

  it('gives back the record, the numbers and the thumbnail', async () => {
    const path = join(temporaryFolder(), 'a.vstyle');
    const preset = presetOf({ weights: [1, 2, 3], thumbnail: png });
    const record = await writePreset(path, preset);
    expect(await readPreset(path)).toEqual({ ...preset, record });
    expect(await readPresetCover(path)).toEqual({ record, thumbnail: png });
  });

  it('keeps the discriminator a style was painted with', async () => {
    const path = join(temporaryFolder(), 'a.vstyle');
    const preset = { ...presetOf({ weights: [1], record: { critic: { channels: [4], styles: 1 } } }), critic: Float32Array.of(3, 4) };
    const record = await writePreset(path, preset);
    expect(await readPreset(path)).toEqual({ ...preset, record });
    expect(record.id).toBe(presetIdOf(preset));
    expect(record.id).not.toBe(presetIdOf({ ...preset, critic: undefined }));
  });

  it('is named by its numbers alone', async () => {
    const folder = temporaryFolder();
    const first = await writePreset(join(folder, 'a.vstyle'), presetOf());
    const renamed = await writePreset(join(folder, 'b.vstyle'), presetOf({ record: { name: 'Other' } }));
    const other = await writePreset(join(folder, 'c.vstyle'), presetOf({ code: [1, -2, 0.25] }));
    expect(renamed.id).toBe(first.id);
    expect(other.id).not.toBe(first.id);
    expect(presetIdOf(presetOf())).toBe(first.id);
  });

  it('has the same bytes when written twice', async () => {
    const folder = temporaryFolder();
    for (const name of ['a', 'b']) await writePreset(join(folder, name), presetOf({ thumbnail: png }));
    expect(readFileSync(join(folder, 'a'))).toEqual(readFileSync(join(folder, 'b')));
  });

  it('carries a card, with tags and figures a newer program knows', async () => {
    const path = join(temporaryFolder(), 'a.vstyle');
    const worded = { en: 'The Wave', 'zh-CN': '浪' };
    const card = { title: worded, painter: worded, painterDied: 1849, year: 'c. 1831', yearWords: worded, heldAt: worded, medium: worded, tags: ['woodcut', 'gouache'], source: 'a scan', sale: worded };
    const meters = { styleMatch: { value: 1.2, judge: 'a judge' }, calm: { value: 3, judge: 'another' } };
    await writePreset(path, presetOf({ record: { card: { ...card, meters } } }));
    expect((await readPresetCover(path)).record.card).toEqual({ ...card, meters });
    const { painter: _painter, ...nameless } = card;
    await expect(writePreset(path, presetOf({ record: { card: nameless as typeof card } }))).rejects.toMatchObject({ code: 'preset.corrupt' });
  });

  it('keeps the unknown fields of a newer program through a read and a write', async () => {
    const { path, parts } = await written();
    const record = recordIn(parts);
    const lineage = { ...(record['lineage'] as object), mood: 'calm' };
    writeFileSync(path, zipSync({ ...parts, 'preset.json': strToU8(JSON.stringify({ ...record, lineage, tags: ['sky'] })) }));
    await writePreset(path, await readPreset(path));
    expect((await readPreset(path)).record).toMatchObject({ tags: ['sky'], lineage: { mood: 'calm' } });
  });
});

describe('reading refuses', () => {
  it('a newer format, saying so', async () => {
    const { path, parts } = await written();
    writeFileSync(path, zipSync({ ...parts, 'preset.json': strToU8(JSON.stringify({ formatVersion: 3, whatever: true })) }));
    await expect(readPreset(path)).rejects.toMatchObject({ code: 'preset.newer', details: { file: 'a.vstyle', version: 3, known: 2 } });
  });

  it('numbers that are not those of the record', async () => {
    const { path, parts } = await written();
    const weights = (parts['weights.safetensors'] ?? png).slice();
    weights[weights.length - 1] = 0;
    writeFileSync(path, zipSync({ ...parts, 'weights.safetensors': weights }));
    await expect(readPreset(path)).rejects.toThrow(corrupt('not those that the record names'));
  });

  it('a file that is not there', async () => {
    await expect(readPreset(join(temporaryFolder(), 'a.vstyle'))).rejects.toMatchObject({ code: 'preset.missing' });
  });

  it('every truncation of a good file', async () => {
    const { path } = await written();
    const whole = readFileSync(path);
    for (let length = 0; length < whole.length; length += 23) {
      writeFileSync(path, whole.subarray(0, length));
      await expect(readPreset(path), `${length} bytes`).rejects.toMatchObject({ code: 'preset.corrupt' });
    }
  });

  it('a network without weights', async () => {
    const { path } = await written();
    await writePreset(path, presetOf({ record: { kind: 'network' } }));
    await expect(readPreset(path)).rejects.toThrow(corrupt('no weights'));
  });

  it.each([
    ['preset.json', 'preset.json is missing'],
    ['weights.safetensors', 'weights.safetensors is missing'],
  ])('a zip without %s', async (name, reason) => {
    const { path, parts } = await written();
    writeFileSync(path, zipSync(Object.fromEntries(Object.entries(parts).filter(([each]) => each !== name))));
    await expect(readPreset(path)).rejects.toThrow(corrupt(reason));
  });

  it.each(['../evil', '/etc/evil', 'a/../../evil', 'C:\\evil', 'c:evil', 'a\\b'])('an entry called %s', async (name) => {
    const { path, parts } = await written();
    writeFileSync(path, zipSync({ ...parts, [name]: png }));
    await expect(readPreset(path)).rejects.toThrow(corrupt('outside'));
  });

  it('a zip bomb before unpacking it', async () => {
    const { path, parts } = await written();
    writeFileSync(path, zipSync({ ...parts, 'weights.safetensors': new Uint8Array(8 << 20) }));
    await expect(readPreset(path)).rejects.toThrow(corrupt('implausibly large'));
  });

  it('too many entries', async () => {
    const { path, parts } = await written();
    const crowd = Object.fromEntries(Array.from({ length: 80 }, (_, i) => [`extra-${i}`, png]));
    writeFileSync(path, zipSync({ ...parts, ...crowd }));
    await expect(readPreset(path)).rejects.toThrow(corrupt('more than'));
  });

  it.each([
    ['learnedSizePx', -1],
    ['learnedSizePx', 1e9],
    ['kind', 'poem'],
    ['name', ''],
    ['name', 'x'.repeat(300)],
    ['createdAt', 'yesterday'],
    ['lineage', null],
    ['generator', { family: 'residual', encoder: 1e12, trunk: 1, decoder: 1, blocks: 1 }],
  ])('a record whose %s is %j', async (field, value) => {
    const { path, parts } = await written();
    writeFileSync(path, zipSync({ ...parts, 'preset.json': strToU8(JSON.stringify({ ...recordIn(parts), [field]: value })) }));
    await expect(readPreset(path)).rejects.toThrow(corrupt(field));
  });
});

describe('writing over an older preset', () => {
  it.each([
    ['ENOSPC', 'disk.full'],
    ['EROFS', 'disk.read-only'],
    ['EIO', 'disk.failed'],
  ])('leaves the old or the new one whole and no litter, whichever act fails with %s', async (error, code) => {
    const folder = temporaryFolder();
    const path = join(folder, 'a.vstyle');
    const old = await writePreset(path, presetOf());
    for (let n = 1; ; n += 1) {
      const next = presetOf({ code: [n] });
      failAt(n, error);
      const thrown = await writePreset(path, next).then(() => undefined, (fault: unknown) => fault);
      const { acts } = failure;
      failAt(0);
      const { record } = await readPreset(path);
      expect([old.id, presetIdOf(next)], `act ${n}`).toContain(record.id);
      expect(readdirSync(folder)).toEqual(['a.vstyle']);
      if (acts < n) {
        expect(record.id).toBe(presetIdOf(next));
        expect(n, 'write, sync, rename and sync of the folder were failed').toBe(5);
        break;
      }
      expect(thrown).toMatchObject({ code, details: { file: 'a.vstyle' } });
      await writePreset(path, presetOf());
    }
  });
});
