// The pictures of a model recipe, and what its feature network sees in the paintings.
import { basename, join } from 'node:path';
import { decodePixels } from '../../engine/image/codec.ts';
import type { OrtSessions } from '../../engine/runtime/ort-node.ts';
import { createRandom } from '../../engine/tensor/random.ts';
import type { Picture } from '../../engine/training/augment.ts';
import { measureStyle, readFeatureModel, type FeatureModel, type StyleTargets } from '../../engine/training/feature-model.ts';
import { proceduralPicture } from '../../engine/training/procedural/index.ts';
import { measureRegions, type Region } from '../../engine/training/regions.ts';
import { readFeatures } from '../features.ts';
import { sharedPicture } from '../teach/teaching-data.ts';
import type { ModelRecipe } from './model-recipe.ts';
import type { ModelFolders } from './model-run.ts';
import { filesOf } from './picture-sets.ts';

/** Long side in px at which content is kept. */
const contentPx = 640;
const proceduralSize = { width: 480, height: 360 } as const;

export interface Content {
  readonly files: readonly string[];
  readonly pictures: Picture[];
}

/** The content pictures of a recipe, then those the program makes. Throws picture.*, disk.*. */
export async function readContent({ content, procedural, seed }: Pick<ModelRecipe, 'content' | 'procedural' | 'seed'>, { data }: ModelFolders): Promise<Content> {
  const files = await filesOf(content, data);
  const read = await Promise.all(files.map((file) => readPicture(file, contentPx, false)));
  return { files, pictures: [...read, ...madePictures(procedural, seed)] };
}

/** Pictures the program makes, as many as asked for. */
export function madePictures(count: number, seed: number): Picture[] {
  const random = createRandom(seed);
  return Array.from({ length: count }, () => sharedPicture(proceduralPicture(proceduralSize, random)));
}

/** One picture at the size it is trained at. Throws picture.*. */
export async function readPicture(file: string, longSide: number, enlarge: boolean): Promise<Picture> {
  return sharedPicture(await decodePixels(file, { longSide, enlarge }));
}

export interface Targets {
  readonly features: FeatureModel;
  readonly targets: StyleTargets[];
  /** Of every row's paintings, where a phase aims at parts of them. */
  readonly regions?: Region[][];
}

/** The feature network, and what it sees in each painting. Throws features.*, disk.*. */
export async function readTargets(recipe: ModelRecipe, { data }: ModelFolders, paintings: readonly Picture[], sessions: OrtSessions): Promise<Targets> {
  if (recipe.features === undefined) return { features: { extract: () => ({}), styleLayers: [], contentLayers: [], styleScales: [] }, targets: [{}] };
  const features = readFeatureModel(await readFeatures({ path: join(data, recipe.features) }), basename(recipe.features));
  const targets: StyleTargets[] = [];
  for (const painting of paintings) targets.push(await measureStyle([painting], features, sessions, { provider: 'cpu', threads: 1 }));
  const regions = await readRegions(recipe, paintings, targets, features, sessions);
  // the identity's targets are read and count nothing
  return { features, targets: [targets[0] ?? {}, ...targets], ...(regions && { regions: [[], ...regions] }) };
}

async function readRegions({ phases }: ModelRecipe, paintings: readonly Picture[], targets: readonly StyleTargets[], features: FeatureModel, sessions: OrtSessions): Promise<Region[][] | undefined> {
  const share = Math.max(...phases.map(({ regional }) => regional ?? 0));
  if (share === 0) return undefined;
  const regions: Region[][] = [];
  for (const [index, painting] of paintings.entries()) regions.push(await measureRegions([painting], targets[index], share, features, sessions, { provider: 'cpu', threads: 1 }));
  return regions;
}
