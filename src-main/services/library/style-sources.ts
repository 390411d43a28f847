// From what a mix names (library names, .vstyle and .onnx files) to opened sources and their line in the recipe.
import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { StudioError } from '../../contract/fault.ts';
import { programLabel } from '../../contract/program.ts';
import type { RecipeStyle } from '../../contract/recipe.ts';
import type { MixEntry } from '../../contract/style.ts';
import { decodePixels } from '../../engine/image/codec.ts';
import type { StyleSource } from '../../engine/styles/style-engine.ts';
import { planesOf } from '../../engine/tensor/layout.ts';
import { diskFault } from '../disk.ts';
import { fileHash } from '../file-hash.ts';
import { openLibrary } from './library.ts';
import type { Folders } from '../platform.ts';
import { readPreset } from './preset-file.ts';

/** What only foreign networks need. */
export interface ForeignOptions {
  readonly channels?: 'rgb' | 'bgr';
  /** A second network that reads the style from a picture; both or neither. */
  readonly predictor?: string;
  readonly styleImage?: string;
}

export interface NamedSource {
  readonly source: StyleSource;
  readonly weight: number;
  readonly recipe: RecipeStyle;
}

/** A larger network is refused before it is read. */
const networkBytesLimit = 512 << 20;
/** A predictor sees its picture at this short side, in px (Ghiasi 2017). */
const stylePicturePx = 256;

/**
 * Finds and reads every style of a mix; shares come out summing to 1.
 * Throws preset.* | network.too-large | picture.* | disk.*.
 */
export async function readSources(mix: readonly MixEntry[], folders: Folders, foreign: ForeignOptions = {}): Promise<NamedSource[]> {
  const library = openLibrary(folders, programLabel);
  const total = mix.reduce((sum, { weight }) => sum + weight, 0);
  const sources: NamedSource[] = [];
  for (const { style, weight, mask } of mix) {
    const { kind, path } = await library.find(style);
    const share = weight / total;
    const placed = mask === undefined ? {} : { mask: await fileHash(mask) };
    const { source, recipe } = kind === 'preset' ? await readPresetSource(path) : await readNetworkSource(path, foreign);
    sources.push({ source, weight: share, recipe: { ...recipe, weight: share, ...placed } });
  }
  return sources;
}

type Described = { readonly source: StyleSource; readonly recipe: Omit<RecipeStyle, 'weight'> };

async function readPresetSource(path: string): Promise<Described> {
  const preset = await readPreset(path);
  const { name, id, kind } = preset.record;
  return { source: { kind: 'preset', preset }, recipe: { name, id, kind } };
}

async function readNetworkSource(path: string, foreign: ForeignOptions): Promise<Described> {
  const file = basename(path);
  const model = await readNetwork(path);
  const channels = foreign.channels === undefined ? {} : { channels: foreign.channels };
  const recipe = { name: file, id: sha256(model), kind: 'onnx' as const, ...channels };
  if (foreign.predictor === undefined || foreign.styleImage === undefined) return { source: { kind: 'network', file, model, ...channels }, recipe };
  const predictor = await readNetwork(foreign.predictor);
  const stylePicture = planesOf(await decodePixels(foreign.styleImage, { shortSide: stylePicturePx }));
  return {
    source: { kind: 'network', file, model, ...channels, predictor: { file: basename(foreign.predictor), model: predictor, stylePicture } },
    recipe: { ...recipe, predictor: sha256(predictor), stylePicture: await fileHash(foreign.styleImage) },
  };
}

async function readNetwork(path: string): Promise<Uint8Array> {
  const file = basename(path);
  try {
    if ((await stat(path)).size > networkBytesLimit) throw new StudioError('network.too-large', { file, limit: '512 MB' });
    return await readFile(path);
  } catch (thrown) {
    throw diskFault(thrown, path);
  }
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
