// Somebody else's style networks in the library: home/networks/ID holds the file, what was found out about it, and a thumbnail.
import { copyFile, mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import * as v from 'valibot';
import { StudioError } from '../../contract/fault.ts';
import { diskFault, errorCodeOf, makeFolder, writeSafely } from '../disk.ts';
import type { Folders } from '../platform.ts';
import { slugOf } from './style-name.ts';

const recordName = 'network.json';
const thumbnailName = 'thumbnail.png';
const id = /^[0-9a-f]{64}$/;
const shortestIdAsked = 8;

const recordSchema = v.looseObject({
  formatVersion: v.literal(1),
  name: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(200)),
  /** Inside the folder. */
  file: v.pipe(v.string(), v.regex(/^[^/\\\0]{1,120}\.onnx$/i)),
  learnedSizePx: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(65_536)),
  createdAt: v.pipe(v.string(), v.isoTimestamp()),
});
type NetworkRecord = v.InferOutput<typeof recordSchema>;

export interface ForeignNetwork {
  /** sha-256 of the file. */
  readonly id: string;
  readonly name: string;
  readonly path: string;
  readonly thumbnail: string;
  readonly learnedSizePx: number;
  readonly createdAt: string;
}

export interface NewNetwork {
  readonly id: string;
  readonly name: string;
  readonly model: string;
  /** PNG file. */
  readonly thumbnail: string;
  readonly learnedSizePx: number;
  readonly createdAt: string;
}

type Home = Pick<Folders, 'home'>;
const shelfOf = ({ home }: Home): string => join(home, 'networks');

/** By name; folders that cannot be read are left out. Throws disk.failed. */
export async function readNetworks(folders: Home): Promise<ForeignNetwork[]> {
  const shelf = shelfOf(folders);
  const names = await readdir(shelf).catch((thrown: unknown) => {
    if (errorCodeOf(thrown) === 'ENOENT') return [];
    throw diskFault(thrown, shelf);
  });
  const found = await Promise.all(names.filter((name) => id.test(name)).map((name) => readNetwork(join(shelf, name), name)));
  return found.filter((network) => network !== undefined).sort((a, b) => a.name.localeCompare(b.name));
}

async function readNetwork(folder: string, network: string): Promise<ForeignNetwork | undefined> {
  try {
    const { file, ...record } = v.parse(recordSchema, JSON.parse(await readFile(join(folder, recordName), 'utf8')));
    return { id: network, ...record, path: join(folder, file), thumbnail: join(folder, thumbnailName) };
  } catch {
    return undefined; // Half-removed or a stranger's: no reason to lose the rest of the gallery.
  }
}

/** The network of a name, in any case, or of at least eight digits of an id. */
export async function findNetwork(asked: string, folders: Home): Promise<ForeignNetwork | undefined> {
  const networks = await readNetworks(folders);
  const wanted = asked.toLowerCase();
  return (
    networks.find(({ name }) => name === asked) ??
    networks.find(({ name }) => name.toLowerCase() === wanted) ??
    (wanted.length < shortestIdAsked ? undefined : networks.find((network) => network.id.startsWith(wanted)))
  );
}

/** Copies a network into the library; one that is there already keeps its name. Throws disk.*. */
export async function addNetwork({ id: network, model, thumbnail, ...facts }: NewNetwork, folders: Home): Promise<void> {
  const shelf = shelfOf(folders);
  const aside = join(shelf, `.${randomUUID()}`);
  const file = `${slugOf(facts.name)}.onnx`;
  try {
    await makeFolder(shelf);
    await mkdir(aside);
    await copyFile(model, join(aside, file));
    await copyFile(thumbnail, join(aside, thumbnailName));
    await writeRecord(aside, { formatVersion: 1, file, ...facts });
    await rename(aside, join(shelf, network)).catch((thrown: unknown) => {
      if (!['EEXIST', 'ENOTEMPTY', 'EPERM'].includes(errorCodeOf(thrown) ?? '')) throw thrown;
    });
  } catch (thrown) {
    throw diskFault(thrown, file);
  } finally {
    await rm(aside, { recursive: true, force: true });
  }
}

/** Throws preset.missing | disk.*. */
export async function renameNetwork(network: ForeignNetwork, name: string, folders: Home): Promise<void> {
  const folder = join(shelfOf(folders), network.id);
  const record = await readFile(join(folder, recordName), 'utf8').catch((thrown: unknown) => {
    if (errorCodeOf(thrown) === 'ENOENT') throw new StudioError('preset.missing', { name: network.name, known: '–' });
    throw diskFault(thrown, recordName);
  });
  await writeRecord(folder, { ...v.parse(recordSchema, JSON.parse(record)), name });
}

/** Throws disk.*. */
export async function removeNetwork(network: ForeignNetwork, folders: Home): Promise<void> {
  await rm(join(shelfOf(folders), network.id), { recursive: true, force: true }).catch((thrown: unknown) => {
    throw diskFault(thrown, network.name);
  });
}

function writeRecord(folder: string, record: NetworkRecord): Promise<void> {
  return writeSafely(join(folder, recordName), new TextEncoder().encode(`${JSON.stringify(record, null, 2)}\n`));
}
