// The .vstyle file: one zip of a record, its numbers, a thumbnail and perhaps references; read as if a stranger had made it.
import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { strFromU8, strToU8, unzipSync, zipSync, type Zippable } from 'fflate';
import * as v from 'valibot';
import { StudioError } from '../../contract/fault.ts';
import { complaintOf, presetFormatVersion, presetRecordSchema } from '../../contract/schema.ts';
import type { Preset, PresetRecord } from '../../contract/style.ts';
import { tensor } from '../../engine/tensor/tensor.ts';
import { diskFault, errorCodeOf, writeSafely } from '../disk.ts';
import { readSafetensors, writeSafetensors } from '../../engine/tensor/safetensors.ts';

export const presetEnding = '.vstyle';

const entries = { record: 'preset.json', weights: 'weights.safetensors', thumbnail: 'thumbnail.png' } as const;
/** What the style was learned from, where the artist put it in. */
const referenceEntries = Array.from({ length: 8 }, (_, index) => `reference/${index}.jpg`);
const MiB = 1 << 20;
const limits = {
  fileBytes: 256 * MiB,
  entries: 64,
  /** Unpacked bytes by entry. */
  unpacked: {
    [entries.record]: 4 * MiB,
    [entries.weights]: 512 * MiB,
    [entries.thumbnail]: 16 * MiB,
    ...Object.fromEntries(referenceEntries.map((name) => [name, 4 * MiB])),
  } as Readonly<Record<string, number>>,
  /** Unpacked to packed, for entries above one MiB. */
  ratio: 100,
};
/** The zip's clock stands still, so that equal presets give equal bytes. */
const zipTime = new Date(1980, 0, 1);

/** What a gallery shows of a preset, without its numbers. */
export interface PresetCover {
  readonly record: PresetRecord;
  /** PNG bytes. */
  readonly thumbnail?: Uint8Array;
}

/** Identity of a style: the sha-256 of its numbers. */
export function presetIdOf(preset: Numbers): string {
  return sha256(weightsOf(preset));
}

/**
 * Writes a preset at its record's precision and returns the record as written: the id is computed from the stored numbers.
 * Throws preset.corrupt when the record is not a valid one; disk.full | disk.read-only | disk.failed.
 */
export async function writePreset(path: string, preset: Preset): Promise<PresetRecord> {
  const weights = weightsOf(preset);
  const { precision } = preset.record;
  const record = checkRecord({ ...preset.record, formatVersion: precision === 'float16' ? 2 : 1, id: sha256(weights) }, basename(path));
  const files: Zippable = {
    [entries.record]: [strToU8(`${JSON.stringify(record, null, 2)}\n`), { level: 6 }],
    // Trained numbers do not shrink.
    [entries.weights]: [weights, { level: 0 }],
  };
  if (preset.thumbnail) files[entries.thumbnail] = [preset.thumbnail, { level: 0 }];
  preset.references?.slice(0, referenceEntries.length).forEach((jpeg, index) => (files[referenceEntries[index] ?? ''] = [jpeg, { level: 0 }]));
  await writeSafely(path, zipSync(files, { mtime: zipTime }));
  return record;
}

/** Reads a preset, its numbers checked against its id. Throws preset.missing | preset.corrupt | preset.newer | disk.failed. */
export async function readPreset(path: string): Promise<Preset> {
  const file = basename(path);
  const parts = unpack(await readBounded(path), file, [...Object.values(entries), ...referenceEntries]);
  const record = readRecord(parts, file);
  const bytes = part(parts, entries.weights, file);
  if (sha256(bytes) !== record.id) throw corrupt(file, 'the numbers are not those that the record names');
  const { code, weights, critic, ...others } = readSafetensors(bytes, file);
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) throw corrupt(file, `it holds an unknown tensor "${unknown.slice(0, 60)}"`);
  if (!code || code.data.length === 0) throw corrupt(file, 'it holds no style code');
  if (record.kind === 'network' && !weights) throw corrupt(file, 'it holds no weights of its own');
  return {
    record,
    code: code.data,
    ...(weights && { weights: weights.data }),
    ...(critic && { critic: critic.data }),
    ...thumbnailOf(parts),
    ...referencesOf(parts, file),
  };
}

/** Reads the record and the thumbnail only. Throws as readPreset. */
export async function readPresetCover(path: string): Promise<PresetCover> {
  const file = basename(path);
  const parts = unpack(await readBounded(path), file, [entries.record, entries.thumbnail]);
  return { record: readRecord(parts, file), ...thumbnailOf(parts) };
}

type Parts = Readonly<Record<string, Uint8Array>>;

type Numbers = Pick<Preset, 'code' | 'weights' | 'critic'> & { readonly record: Pick<PresetRecord, 'precision'> };

function weightsOf(preset: Numbers): Uint8Array {
  const tensors = {
    code: tensor([preset.code.length], preset.code),
    ...(preset.weights && { weights: tensor([preset.weights.length], preset.weights) }),
    ...(preset.critic && { critic: tensor([preset.critic.length], preset.critic) }),
  };
  return writeSafetensors(tensors, preset.record.precision === 'float16' ? 'F16' : 'F32');
}

async function readBounded(path: string): Promise<Uint8Array> {
  try {
    const { size } = await stat(path);
    if (size > limits.fileBytes) throw corrupt(basename(path), `it is larger than ${limits.fileBytes / MiB} MiB`);
    return await readFile(path);
  } catch (thrown) {
    if (errorCodeOf(thrown) === 'ENOENT') throw new StudioError('preset.missing', { name: basename(path), known: '–' }, { cause: thrown });
    throw diskFault(thrown, path);
  }
}

/** The wanted entries; every entry's name, number and size is judged before anything is unpacked. */
function unpack(bytes: Uint8Array, file: string, wanted: readonly string[]): Parts {
  const seen = new Set<string>();
  try {
    return unzipSync(bytes, {
      filter: ({ name, size, originalSize }) => {
        if (seen.has(name)) throw corrupt(file, 'an entry is there twice');
        if (seen.add(name).size > limits.entries) throw corrupt(file, `it holds more than ${limits.entries} entries`);
        if (leavesFolder(name)) throw corrupt(file, 'an entry points outside the file');
        const limit = limits.unpacked[name];
        if (limit === undefined) return false;
        const bomb = originalSize > MiB && originalSize > limits.ratio * size;
        if (originalSize > limit || size > bytes.length || bomb) throw corrupt(file, `${name} is implausibly large`);
        return wanted.includes(name);
      },
    });
  } catch (thrown) {
    if (thrown instanceof StudioError) throw thrown;
    throw corrupt(file, 'it is cut off or no zip file', thrown);
  }
}

function leavesFolder(name: string): boolean {
  return name.startsWith('/') || name.includes('\\') || name.includes('\0') || /^[a-z]:/i.test(name) || name.split('/').includes('..');
}

function readRecord(parts: Parts, file: string): PresetRecord {
  const bytes = part(parts, entries.record, file);
  let record: unknown;
  try {
    record = JSON.parse(strFromU8(bytes));
  } catch (thrown) {
    throw corrupt(file, `${entries.record} is not JSON`, thrown);
  }
  return checkRecord(record, file);
}

function checkRecord(record: unknown, file: string): PresetRecord {
  const version = typeof record === 'object' && record !== null && 'formatVersion' in record ? record.formatVersion : undefined;
  if (typeof version === 'number' && version > presetFormatVersion) {
    throw new StudioError('preset.newer', { file, version, known: presetFormatVersion });
  }
  const checked = v.safeParse(presetRecordSchema, record);
  if (!checked.success) throw corrupt(file, complaintOf(checked.issues));
  return checked.output;
}

function part(parts: Parts, name: string, file: string): Uint8Array {
  const bytes = parts[name];
  if (!bytes) throw corrupt(file, `${name} is missing`);
  return bytes;
}

function thumbnailOf(parts: Parts): { readonly thumbnail?: Uint8Array } {
  const thumbnail = parts[entries.thumbnail];
  return thumbnail ? { thumbnail } : {};
}

function referencesOf(parts: Parts, file: string): { readonly references?: readonly Uint8Array[] } {
  const references = referenceEntries.flatMap((name) => parts[name] ?? []);
  const isJpeg = (bytes: Uint8Array): boolean => bytes[0] === 0xff && bytes[1] === 0xd8;
  if (!references.every(isJpeg)) throw corrupt(file, 'a reference is no JPEG');
  return references.length === 0 ? {} : { references };
}

function corrupt(file: string, reason: string, cause?: unknown): StudioError {
  return new StudioError('preset.corrupt', { file, reason }, { cause });
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
