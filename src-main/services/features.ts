// Which perceptual feature network is used: the one asked for, the environment's, or the one that ships.
import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { StudioError } from '../contract/fault.ts';
import { errorCodeOf, diskFault } from './disk.ts';
import type { Environment } from './node-platform.ts';

const featuresVariable = 'VELATURA_FEATURES';

/** The program's own, in resources/models (docs: features.md beside it). */
const shippedFile = 'features.onnx';

export interface FeaturesFile {
  readonly path: string;
  readonly from: 'asked' | 'environment' | 'shipped';
}

/** The file to use. Throws features.missing; features.unusable when the one that was named is not there. */
export async function findFeatures(asked: string | undefined, environment: Environment, resources: string): Promise<FeaturesFile> {
  const named: readonly FeaturesFile[] = [
    { path: asked ?? '', from: 'asked' },
    { path: environment[featuresVariable] ?? '', from: 'environment' },
  ];
  const wanted = named.find(({ path }) => path !== '');
  if (wanted) {
    if (await isFile(wanted.path)) return wanted;
    // A network that was named and is not there must not be replaced in silence.
    throw new StudioError('features.unusable', { file: basename(wanted.path), reason: 'there is no such file' });
  }
  const folder = join(resources, 'models');
  const names = await readdir(folder).catch((thrown: unknown): string[] => {
    if (errorCodeOf(thrown) === 'ENOENT') return [];
    throw diskFault(thrown, folder);
  });
  const [shipped] = names.includes(shippedFile) ? [shippedFile] : names.filter((name) => name.toLowerCase().endsWith('.onnx')).sort();
  if (shipped === undefined) throw new StudioError('features.missing');
  return { path: join(folder, shipped), from: 'shipped' };
}

/** The bytes of a feature network. Throws disk.failed. */
export async function readFeatures({ path }: Pick<FeaturesFile, 'path'>): Promise<Uint8Array> {
  return readFile(path).catch((thrown: unknown) => {
    throw diskFault(thrown, path);
  });
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then((found) => found.isFile(), () => false);
}
