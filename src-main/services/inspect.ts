// What a file is and how it was made: a preset, a network, or a picture that may carry its recipe.
import { open, readFile, stat } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import { StudioError } from '../contract/fault.ts';
import type { PictureInfo } from '../contract/image.ts';
import type { PresetRecord } from '../contract/style.ts';
import { inspectPicture } from '../engine/image/codec.ts';
import { featureSpecOf } from '../engine/networks/perceptual-features.ts';
import { modelLimits, parseModel, type ModelSummary } from '../engine/onnx/parse.ts';
import { createOrtSessions } from '../engine/runtime/ort-node.ts';
import type { SessionFactory } from '../engine/runtime/session.ts';
import type { NetworkDescription } from '../engine/styles/external/description.ts';
import { openExternal } from '../engine/styles/external/open-external.ts';
import { diskFault, errorCodeOf } from './disk.ts';
import { readPreset } from './library/preset-file.ts';
import { pictureRecipe, type PictureRecipe } from './picture-recipe.ts';

export interface PresetInspection {
  readonly kind: 'preset';
  readonly file: string;
  readonly record: PresetRecord;
  /** How many numbers it holds. */
  readonly codeNumbers: number;
  readonly weightNumbers: number;
  readonly criticNumbers: number;
  readonly thumbnailBytes: number;
}

export interface NetworkInspection {
  readonly kind: 'network';
  readonly file: string;
  /** What it can be used for here. */
  readonly use: 'style' | 'features' | 'other';
  /** Of a style network: what it takes and gives, stated or found by trial. */
  readonly description?: NetworkDescription;
  /** Why it is no style network. */
  readonly reason?: string;
  readonly summary: ModelSummary;
}

export interface PictureInspection extends PictureRecipe {
  readonly kind: 'picture';
  readonly file: string;
  readonly info: PictureInfo;
}

export type Inspection = PresetInspection | NetworkInspection | PictureInspection;

/** Throws picture.* | preset.* | network.* | disk.*: what the file would be, and what is wrong with it. */
export async function inspect(path: string, sessions: SessionFactory = createOrtSessions()): Promise<Inspection> {
  const head = await headOf(path);
  if (extname(path).toLowerCase() === '.vstyle' || isZip(head)) return inspectPreset(path);
  if (extname(path).toLowerCase() === '.onnx') return inspectNetwork(path, sessions);
  return inspectAsPicture(path);
}

async function inspectPreset(path: string): Promise<PresetInspection> {
  const { record, code, weights, critic, thumbnail } = await readPreset(path);
  return {
    kind: 'preset',
    file: basename(path),
    record,
    codeNumbers: code.length,
    weightNumbers: weights?.length ?? 0,
    criticNumbers: critic?.length ?? 0,
    thumbnailBytes: thumbnail?.length ?? 0,
  };
}

async function inspectNetwork(path: string, sessions: SessionFactory): Promise<NetworkInspection> {
  const file = basename(path);
  const bytes = await readNetwork(path);
  const { summary } = parseModel(bytes, file);
  const found = { kind: 'network', file, summary } as const;
  if (featureSpecOf(summary.outputs.map(({ name }) => name))) return { ...found, use: 'features' };
  try {
    const runner = await openExternal(bytes, file, { sessions, provider: 'cpu' });
    await runner.close();
    return { ...found, use: 'style', description: runner.description };
  } catch (thrown) {
    if (!(thrown instanceof StudioError) || thrown.code !== 'network.not-an-image-network') throw thrown;
    return { ...found, use: 'other', reason: String(thrown.details['reason']) };
  }
}

/** Its size is judged before it is read. */
async function readNetwork(path: string): Promise<Uint8Array> {
  try {
    const { size } = await stat(path);
    if (size > modelLimits.bytes) throw new StudioError('network.too-large', { file: basename(path), limit: `${modelLimits.bytes / 2 ** 20} MB` });
    return await readFile(path);
  } catch (thrown) {
    throw diskFault(thrown, path);
  }
}

async function inspectAsPicture(path: string): Promise<PictureInspection> {
  const info = await inspectPicture(path);
  return { kind: 'picture', file: basename(path), info, ...(await pictureRecipe(path)) };
}

async function headOf(path: string): Promise<Uint8Array> {
  try {
    const handle = await open(path, 'r');
    try {
      const { buffer, bytesRead } = await handle.read(new Uint8Array(4), 0, 4, 0);
      return buffer.subarray(0, bytesRead);
    } finally {
      await handle.close();
    }
  } catch (thrown) {
    const code = errorCodeOf(thrown);
    if (code === 'ENOENT') throw new StudioError('picture.missing', { file: basename(path) }, { cause: thrown });
    if (code === 'EISDIR') throw new StudioError('picture.not-a-picture', { file: basename(path) }, { cause: thrown });
    throw diskFault(thrown, path);
  }
}

function isZip(head: Uint8Array): boolean {
  return head[0] === 0x50 && head[1] === 0x4b && head[2] === 3 && head[3] === 4;
}
