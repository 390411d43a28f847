// The judges of results: two feature networks, and the numbers they and the picture itself give.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { decodePixels } from '../../src-main/engine/image/codec.ts';
import { colourShift } from '../../src-main/engine/metrics/colour-shift.ts';
import { cropOf, cropRegions, extentOf, resized, scaledExtent } from '../../src-main/engine/metrics/crops.ts';
import { featureDistance } from '../../src-main/engine/metrics/feature-distance.ts';
import { kernelDistance, pooledDirections } from '../../src-main/engine/metrics/kernel-distance.ts';
import { openFeatureNetwork, type Features, type FeatureNetwork } from '../../src-main/engine/metrics/feature-network.ts';
import { realism } from '../../src-main/engine/metrics/realism.ts';
import { ssim } from '../../src-main/engine/metrics/ssim.ts';
import { styleMatch } from '../../src-main/engine/metrics/style-match.ts';
import { styleDistance, type StyleStatistics } from '../../src-main/engine/metrics/style-statistics.ts';
import { createOrtSessions } from '../../src-main/engine/runtime/ort-node.ts';
import { planesOf } from '../../src-main/engine/tensor/layout.ts';
import type { Tensor } from '../../src-main/engine/tensor/tensor.ts';
import { openCritic, type Critic } from '../../src-main/services/library/critic.ts';
import { readPreset } from '../../src-main/services/library/preset-file.ts';
import { sha256, type Contender } from './contenders.ts';
import type { Painted } from './paint-kept.ts';

/** Raised when a measure changes. */
const measuringVersion = 3;

/** What one feature network says. */
export interface Opinion {
  /** Relative Gram distance to the painting at full and half size; 1 as close as the painting is to itself, higher farther. */
  readonly style: number;
  readonly styleHalf: number;
  /** Feature distance to the photograph: 0 the same … 2 unrelated. */
  readonly content: number;
}

export interface Measures {
  /** By the network that trains nothing of ours. */
  readonly impartial: Opinion;
  readonly second: Opinion;
  /** Mean distance among the result's own crops over that among the painting's, full size, impartial: 1 as varied, less evener. */
  readonly variety: number;
  /** Kernel distance of the result's crops to the painting's, impartial: 0 as near as other crops of the painting, higher farther. */
  readonly kernel: number;
  /** Structure of luminance: 1 the photograph's. */
  readonly ssim: number;
  /** Mean ΔE2000 to the photograph. */
  readonly colourShift: number;
}

export interface Judged extends Measures {
  /** Mean score of our style's discriminator, where it has one. */
  readonly realism?: number;
}

interface Judge {
  readonly hash: string;
  readonly network: FeatureNetwork;
  featuresOf(photo: Tensor): Promise<Features>;
  /** Pooled directions of a painting's crops. */
  sampleOf(painting: Tensor): Promise<readonly Float32Array[]>;
}

export interface Judges {
  /** Measures results of one painting; those of one photograph stand together. `ours` lends its discriminator. */
  judge(results: readonly Painted[], paintingFile: string, ours: Contender | undefined): Promise<Judged[]>;
  readonly files: readonly [string, string];
  close(): Promise<void>;
}

export interface JudgeSetting {
  readonly impartial: string;
  readonly second: string;
  readonly cache: string;
  readonly threads: number;
  /** Measures again what is kept. */
  readonly fresh: boolean;
}

export async function openJudges({ impartial, second, cache, threads, fresh }: JudgeSetting): Promise<Judges> {
  const sessions = createOrtSessions();
  const options = { provider: 'cpu' as const, threads };
  const judges = [await openJudge(impartial, threads), await openJudge(second, threads)] as const;
  const version = sha256([measuringVersion, ...judges.map(({ hash }) => hash)].join());
  mkdirSync(cache, { recursive: true });

  async function measure(result: Painted, photo: Tensor, painting: Tensor): Promise<Measures> {
    const picture = await pictureAt(result.file);
    const before = resized(photo, extentOf(picture));
    const [first, other] = [await opinion(judges[0], picture, before, painting), await opinion(judges[1], picture, before, painting)];
    const variety = await varietyOf(judges[0].network, picture, painting);
    const kernel = await kernelOf(judges[0], picture, painting);
    return { impartial: first, second: other, variety, kernel, ssim: rounded(ssim(before, picture)), colourShift: rounded(colourShift(before, picture)) };
  }

  async function judge(results: readonly Painted[], paintingFile: string, ours: Contender | undefined): Promise<Judged[]> {
    const painting = await pictureAt(paintingFile);
    const paintingHash = sha256(readFileSync(paintingFile));
    const critic = ours?.record?.critic?.styles === 1 ? await openCritic(await readPreset(ours.file), sessions, options) : undefined;
    const found: Judged[] = [];
    for (const result of results) {
      const kept = join(cache, `${sha256(version, paintingHash, result.key).slice(0, 32)}.json`);
      if (fresh || !existsSync(kept)) writeFileSync(kept, JSON.stringify(await measure(result, await pictureAt(result.photo.file), painting)));
      const measures = JSON.parse(readFileSync(kept, 'utf8')) as Measures;
      found.push({ ...measures, ...(critic && { realism: await realismOf(result.file, critic) }) });
    }
    await critic?.session.release();
    return found;
  }

  const close = async (): Promise<void> => {
    for (const { network } of judges) await network.close();
  };
  return { judge, files: [basename(impartial), basename(second)], close };
}

async function openJudge(file: string, threads: number): Promise<Judge> {
  const model = readFileSync(file);
  const network = await openFeatureNetwork(model, basename(file), createOrtSessions(), { provider: 'cpu', threads });
  return { hash: sha256(model), network: remembering(network), featuresOf: latest((photo) => network.features(photo)), sampleOf: latest((painting) => cropSample(network, painting)) };
}

/** Crops of a painting at both scales and two sizes, and those of the latest result. */
const mostRemembered = 48;

/** A network that looks at a painting's crops once, however many results are compared with it. */
function remembering(network: FeatureNetwork): FeatureNetwork {
  const seen = new Map<string, StyleStatistics>();
  const styleStatistics = async (picture: Tensor): Promise<StyleStatistics> => {
    const key = keyOf(picture);
    const found = seen.get(key) ?? (await network.styleStatistics(picture));
    seen.delete(key);
    seen.set(key, found); // a map keeps the order of insertion: the first was used longest ago
    if (seen.size > mostRemembered) seen.delete(seen.keys().next().value!);
    return found;
  };
  return { ...network, styleStatistics };
}

/** What was found of the latest picture: results of one photograph, and those of one painting, come one after another. */
function latest<T>(find: (picture: Tensor) => Promise<T>): (picture: Tensor) => Promise<T> {
  let kept: { readonly key: string; readonly found: T } | undefined;
  return async (picture) => {
    const key = keyOf(picture);
    if (kept?.key !== key) kept = { key, found: await find(picture) };
    return kept.found;
  };
}

function keyOf({ shape, data }: Tensor): string {
  return sha256(shape.join(), new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
}

async function opinion({ network, featuresOf }: Judge, picture: Tensor, photo: Tensor, painting: Tensor): Promise<Opinion> {
  const [full, half] = [await styleMatch([picture], [painting], 'full', network), await styleMatch([picture], [painting], 'half', network)];
  if (!full[0] || !half[0]) throw new Error('the results are too small to be judged at half size');
  const content = featureDistance(await featuresOf(photo), await network.features(picture));
  return { style: rounded(full[0].gram), styleHalf: rounded(half[0].gram), content: rounded(content) };
}

/** An even texture comes close to every crop of a painting; this tells it from one that is as rich. */
async function varietyOf(network: FeatureNetwork, picture: Tensor, painting: Tensor): Promise<number> {
  const [own, original] = atOneSize(picture, painting);
  const cropPx = Math.min(160, ...[own, original].map(({ shape }) => Math.floor(Math.min(shape[2]!, shape[3]!) / 2)));
  return rounded((await varietyWithin(network, own, cropPx)) / (await varietyWithin(network, original, cropPx)));
}

/** Crops of a picture that are one sample: a stroke or several each, and enough of them. */
const [sampleCropPx, sampleCrops] = [64, 64];

/** Whether the result's crops could be the painting's, which needs no discriminator; of single results, not of their set. */
async function kernelOf({ network, sampleOf }: Judge, picture: Tensor, painting: Tensor): Promise<number> {
  const [own, original] = atOneSize(picture, painting);
  return rounded(kernelDistance(await cropSample(network, own), await sampleOf(original)));
}

/** By the deepest layer, which sees the most at once. */
async function cropSample(network: FeatureNetwork, picture: Tensor): Promise<Float32Array[]> {
  const deepest = network.layers.at(-1)!;
  const sample: Float32Array[] = [];
  for (const region of cropRegions(extentOf(picture), sampleCropPx, sampleCrops)) sample.push(pooledDirections((await network.features(cropOf(picture, region)))[deepest]!));
  return sample;
}

/** Both with the long side of the smaller one. */
function atOneSize(...pictures: [Tensor, Tensor]): [Tensor, Tensor] {
  const longSidePx = Math.min(...pictures.map(longSideOf));
  return pictures.map((each) => resized(each, scaledExtent(extentOf(each), longSidePx))) as [Tensor, Tensor];
}

async function varietyWithin(network: FeatureNetwork, picture: Tensor, cropPx: number): Promise<number> {
  const found: StyleStatistics[] = [];
  for (const region of cropRegions(extentOf(picture), cropPx, 6)) found.push(await network.styleStatistics(cropOf(picture, region)));
  const distances = found.flatMap((a, i) => found.slice(i + 1).map((b) => styleDistance(a, b).gram));
  return distances.reduce((sum, each) => sum + each, 0) / distances.length;
}

/** At the size of the paintings it has seen, never enlarged. */
async function realismOf(file: string, { session, learnedSizePx }: Critic): Promise<number> {
  const picture = await pictureAt(file);
  return rounded(await realism(resized(picture, scaledExtent(extentOf(picture), Math.min(learnedSizePx, longSideOf(picture)))), session));
}

async function pictureAt(path: string): Promise<Tensor> {
  return planesOf(await decodePixels(path));
}

function longSideOf({ shape }: Tensor): number {
  return Math.max(shape[2]!, shape[3]!);
}

function rounded(value: number): number {
  return Math.round(value * 1e4) / 1e4;
}
