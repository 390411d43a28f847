// How near paint has come to a painting that the shipped base knows: by what is kept of it, since the painting itself does not ship.
import { basename } from 'node:path';
import { programLabel } from '../../contract/program.ts';
import { faultOf } from '../../contract/fault.ts';
import type { VariantMeters } from '../../contract/studio-records.ts';
import type { Picture } from '../../engine/training/augment.ts';
import { measureGrams, readFeatureModel, type FeatureModel } from '../../engine/training/feature-model.ts';
import { distancesTo, isComparable, sketchOf, type StyleAtlas } from '../../engine/training/style-atlas.ts';
import type { SessionFactory } from '../../engine/runtime/session.ts';
import { pixelsOf } from '../../engine/tensor/layout.ts';
import type { Tensor } from '../../engine/tensor/tensor.ts';
import { extentOf, resized, scaledExtent } from '../../engine/metrics/crops.ts';
import { findFeatures, readFeatures } from '../features.ts';
import { readAtlas } from '../library/base-atlas.ts';
import { shippedBaseFile } from '../library/bases.ts';
import { openLibrary } from '../library/library.ts';
import { presetEnding, readPresetCover } from '../library/preset-file.ts';
import type { Folders } from '../platform.ts';
import type { MeasuredPictures } from './picture-meters.ts';

/** Long side in px at which the base's paintings were measured. */
const measuredPx = 512;

interface Judge {
  readonly atlas: StyleAtlas;
  readonly model: FeatureModel;
}

export interface KnownStyles {
  /** Nothing where the style is none the base knows. */
  find(style: string, folders: Folders): Promise<KnownStyle | undefined>;
}

export interface KnownStyle {
  /** Share of the way from `before` (0) to the painting (1), both [1,3,H,W] in [0,1]; undefined where they cannot be compared. */
  way(before: Tensor, after: Tensor): Promise<number | undefined>;
}

/** Reads base and features when first asked, and keeps them. */
export function knownStyles(sessions: SessionFactory): KnownStyles {
  let judge: Promise<Judge | undefined> | undefined;
  /** Distances to all known styles, by picture: variants of one run share what they are painted over. */
  const measured = new WeakMap<Tensor, Promise<readonly number[]>>();
  const measure = async (picture: Tensor, { atlas, model }: Judge): Promise<readonly number[]> => {
    const own = extentOf(picture);
    const extent = scaledExtent(own, Math.min(measuredPx, Math.max(own.width, own.height)));
    const targets = await measureGrams([pixelsOf(resized(picture, extent), 8) as Picture], model, sessions, { provider: 'cpu' });
    return isComparable(atlas, targets) ? distancesTo(atlas, sketchOf(targets)) : [];
  };
  const distances = (picture: Tensor, known: Judge): Promise<readonly number[]> => {
    const found = measured.get(picture) ?? measure(picture, known);
    measured.set(picture, found);
    found.catch(() => measured.delete(picture));
    return found;
  };
  return {
    async find(style, folders) {
      judge ??= openJudge(folders).catch((thrown: unknown) => {
        judge = undefined; // the next one tries again
        throw thrown;
      });
      const known = await judge;
      const row = known ? known.atlas.slugs.indexOf(await slugOf(style, folders)) : -1;
      if (!known || row < 0) return undefined;
      return {
        async way(before, after) {
          const [was, is] = [(await distances(before, known))[row], (await distances(after, known))[row]];
          if (was === undefined || is === undefined) return undefined;
          return Math.min(1, Math.max(0, 1 - Math.sqrt(is / was)));
        },
      };
    },
  };
}

/** Meters with the style match of a shipped style, where there were no paintings to tell it by. */
export async function withKnownStyle(meters: VariantMeters, find: () => Promise<KnownStyle | undefined>, { before, after }: Pick<MeasuredPictures, 'before' | 'after'>): Promise<VariantMeters> {
  if (meters.styleMatch !== undefined) return meters;
  const styleMatch = await (await find())?.way(before, after);
  return styleMatch === undefined ? meters : { ...meters, styleMatch };
}

async function slugOf(style: string, folders: Folders): Promise<string> {
  try {
    const { path, shipped } = await openLibrary(folders, programLabel).get(style);
    return shipped ? basename(path, presetEnding) : '';
  } catch (thrown) {
    if (faultOf(thrown).code === 'preset.missing') return '';
    throw thrown;
  }
}

async function openJudge(folders: Folders): Promise<Judge | undefined> {
  const base = await shippedBaseFile(folders);
  const atlas = base === undefined ? undefined : await readAtlas(base, (await readPresetCover(base)).record.id);
  if (!atlas) return undefined;
  const found = await findFeatures(undefined, process.env, folders.resources);
  return { atlas, model: readFeatureModel(await readFeatures(found), 'features.onnx') };
}
