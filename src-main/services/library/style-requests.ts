// Requests about the gallery: styles listed, taken in, handed out, arranged, and mixed into new ones.
import { copyFile, readFile } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { StudioError } from '../../contract/fault.ts';
import type { MixEntry, Preset } from '../../contract/style.ts';
import { programLabel } from '../../contract/program.ts';
import type { Note } from '../../contract/note.ts';
import type { StudioApi, StudioAnswers, WrittenFile } from '../../contract/studio-api.ts';
import { replaceFile } from '../disk.ts';
import { exportStyle } from './export-style.ts';
import { addNetwork, findNetwork, readNetworks, removeNetwork, renameNetwork, type ForeignNetwork } from './foreign-networks.ts';
import { changeMark } from './gallery-marks.ts';
import { importStyles } from './import-styles.ts';
import { openLibrary, type Library } from './library.ts';
import { mixPreset } from './save-mix.ts';
import { readSettings } from '../host/settings.ts';
import { writtenFile } from '../host/kept-files.ts';
import type { StudioContext } from '../host/studio-context.ts';
import { createStyleGallery } from './style-gallery.ts';
import { slugOf } from './style-name.ts';

type StyleApi = Pick<StudioApi, Extract<keyof StudioApi, `styles.${string}`>>;
type Imported = StudioAnswers['styles.import'];

const longestName = 200;

export function styleRequests(context: StudioContext): StyleApi {
  const { platform, pictures, uploads, emit } = context;
  const { folders } = platform;
  const library = openLibrary(folders, programLabel);
  const gallery = createStyleGallery(library, folders, pictures);
  const changed = <T>(answer: T): T => {
    emit({ kind: 'styles.changed' });
    return answer;
  };
  return {
    'styles.list': () => gallery.list(),
    'styles.import': async ({ file }) => {
      const path = await uploads.pathOf(file);
      const isNetwork = extname(path).toLowerCase() === '.onnx';
      const taken = isNetwork ? takeNetwork(path, library, context) : takePreset(path, context);
      return changed(await taken.finally(() => void uploads.drop(file)));
    },
    'styles.export': ({ style, references = false, out }) => give(style, references, out, library, context),
    'styles.rename': async ({ style, name }) => {
      const wanted = await freeName(name, library, context);
      const network = await networkCalled(style, library, context);
      if (network) await renameNetwork(network, wanted, folders);
      else await library.rename(style, wanted);
      return changed(null);
    },
    'styles.remove': async ({ style }) => {
      const network = await networkCalled(style, library, context);
      if (network) await removeNetwork(network, folders);
      else await library.remove(style);
      return changed(null);
    },
    'styles.saveMix': async ({ name, settings }) => {
      const wanted = await freeName(name, library, context);
      const preset = await mixPreset(wanted, settings.styles, library, folders, platform.now());
      const thumbnail = await sampleOf(settings.styles, context);
      await library.add({ ...preset, ...(thumbnail && { thumbnail }) });
      return changed({ name: wanted });
    },
    'styles.arrange': async ({ style, ...mark }) => {
      const id = (await networkCalled(style, library, context))?.id ?? (await library.get(style)).record.id;
      await changeMark(folders.home, id, mark);
      return changed(null);
    },
  };
}

async function takePreset(path: string, { platform }: StudioContext): Promise<Imported> {
  const notes: Note[] = [];
  const [item] = await importStyles([path], platform.folders, (key, details) => notes.push({ key, ...(details && { details }) }));
  if (!item) throw new StudioError('preset.missing', { name: basename(path), known: '–' });
  if (!item.result.ok) throw new StudioError(item.result.fault.code, item.result.fault.details);
  return { name: item.result.value.style.name, notes };
}

/** Looked into and tried in the engine process before it is taken in. */
async function takeNetwork(path: string, library: Library, context: StudioContext): Promise<Imported> {
  const { platform, engine, session } = context;
  const { id, learnedSizePx, notes } = await engine.ask('network.inspect', { path });
  const thumbnail = join(await session.make(), 'sample.png');
  await engine.ask('style.sample', { mix: [{ style: path, weight: 1 }], out: thumbnail, folders: platform.folders, device: await deviceOf(context) });
  const known = (await readNetworks(platform.folders)).find((network) => network.id === id);
  if (known) return { name: known.name, notes };
  const name = await nameNobodyHas(basename(path, extname(path)), library, context);
  await addNetwork({ id, name, model: path, thumbnail, learnedSizePx, createdAt: platform.now().toISOString() }, platform.folders);
  return { name, notes };
}

async function give(style: string, references: boolean, out: string | undefined, library: Library, context: StudioContext): Promise<WrittenFile> {
  const { platform, kept } = context;
  const notes: Note[] = [];
  const network = await networkCalled(style, library, context);
  const name = network ? `${slugOf(network.name)}.onnx` : `${slugOf((await library.get(style)).record.name)}.vstyle`;
  const write = async (file: string): Promise<void> => {
    if (network) await replaceFile(file, (temporary) => copyFile(network.path, temporary));
    else await exportStyle({ style, out: file, withReference: references, replace: true }, platform.folders, (key, details) => notes.push({ key, ...(details && { details }) }));
  };
  return { ...(await writtenFile(kept, { out, name }, write)), notes };
}

/** The foreign network of a name that no preset has. */
async function networkCalled(style: string, library: Library, { platform }: StudioContext): Promise<ForeignNetwork | undefined> {
  const isPreset = await library.get(style).then(() => true, () => false);
  return isPreset ? undefined : findNetwork(style, platform.folders);
}

/** A name that can be given. Throws usage.invalid | preset.exists. */
async function freeName(name: string, library: Library, { platform }: StudioContext): Promise<string> {
  const wanted = name.trim();
  if (wanted === '' || wanted.length > longestName) throw new StudioError('usage.invalid', { reason: `a style's name has 1 to ${longestName} letters` });
  const [{ styles }, networks] = await Promise.all([library.list(), readNetworks(platform.folders)]);
  const isTaken = styles.some((each) => each.name === wanted && !each.shipped) || networks.some((each) => each.name === wanted);
  if (isTaken) throw new StudioError('preset.exists', { name: wanted });
  return wanted;
}

async function nameNobodyHas(stem: string, library: Library, { platform }: StudioContext): Promise<string> {
  const [{ styles }, networks] = await Promise.all([library.list(), readNetworks(platform.folders)]);
  const taken = new Set([...styles, ...networks].map((each) => each.name.toLowerCase()));
  const wanted = stem.trim().slice(0, longestName - 5) || 'Network';
  for (let count = 1; ; count++) {
    const name = count === 1 ? wanted : `${wanted} ${count}`;
    if (!taken.has(name.toLowerCase())) return name;
  }
}

/** The sample painted in a mix; none where the engine cannot, since the style itself is not less good for it. */
async function sampleOf(mix: readonly Pick<MixEntry, 'style' | 'weight'>[], context: StudioContext): Promise<Preset['thumbnail']> {
  const { platform, engine, session } = context;
  try {
    const out = join(await session.make(), 'sample.png');
    const plain = mix.filter(({ weight }) => weight > 0).map(({ style, weight }) => ({ style, weight }));
    await engine.ask('style.sample', { mix: plain, out, folders: platform.folders, device: await deviceOf(context) });
    return new Uint8Array(await readFile(out));
  } catch (thrown) {
    platform.log('warn', `the mix has no thumbnail: ${String(thrown)}`);
    return undefined;
  }
}

async function deviceOf({ platform }: StudioContext): Promise<string> {
  return (await readSettings(platform.folders.home)).settings.device ?? 'auto';
}
