// Measures a finished picture: how much content it kept, how close to the style it came, how far colours moved.
import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { StudioError } from '../contract/fault.ts';
import type { JobWatch } from '../contract/job.ts';
import { programLabel } from '../contract/program.ts';
import { decodePixels } from '../engine/image/codec.ts';
import { colourShift } from '../engine/metrics/colour-shift.ts';
import { extentOf, resized, scaledExtent } from '../engine/metrics/crops.ts';
import { diversity } from '../engine/metrics/diversity.ts';
import { featureDistance } from '../engine/metrics/feature-distance.ts';
import { openFeatureNetwork, type FeatureNetwork } from '../engine/metrics/feature-network.ts';
import { realism, realismCropPx } from '../engine/metrics/realism.ts';
import { ssim } from '../engine/metrics/ssim.ts';
import { matchScales, styleMatch, type MatchScale } from '../engine/metrics/style-match.ts';
import { createOrtSessions } from '../engine/runtime/ort-node.ts';
import type { SessionFactory, SessionOptions } from '../engine/runtime/session.ts';
import { planesOf } from '../engine/tensor/layout.ts';
import type { Tensor } from '../engine/tensor/tensor.ts';
import { openCritic, type Critic } from './library/critic.ts';
import { findFeatures, readFeatures } from './features.ts';
import { openLibrary } from './library/library.ts';
import { foldersOf, type Environment } from './node-platform.ts';
import { readPreset } from './library/preset-file.ts';

/** Paths, except where a name says otherwise. */
export interface EvaluateRequest {
  readonly content: string;
  readonly style: readonly string[];
  readonly result: string;
  /** A feature network; else VELATURA_FEATURES, else the one that ships. */
  readonly features?: string;
  /** The style it was painted in, by name or file: its discriminator tells realism. */
  readonly preset?: string;
  readonly threads?: number;
}

/** Distance to the style, 1 as close as the style is to itself; of the result, and of the photograph before painting. */
export interface StyleRow {
  readonly scale: MatchScale;
  readonly longSidePx: number;
  readonly gram: number;
  readonly moments: number;
  readonly photo: { readonly gram: number; readonly moments: number };
}

/** File names, no paths. */
export interface EvaluateReport {
  readonly content: string;
  readonly style: readonly string[];
  readonly result: string;
  readonly features: { readonly file: string; readonly sha256: string };
  readonly contentKept: {
    /** 0 the same … 2 unrelated. */
    readonly featureDistance: number;
    /** 1 the same … about 0 unrelated. */
    readonly ssim: number;
    readonly longSidePx: number;
  };
  readonly styleMatch: readonly StyleRow[];
  /** Mean ΔE2000 between content and result. */
  readonly colourShift: number;
  /** Mean score of the style's own discriminator, where it has one: of the result, the photograph and the paintings. */
  readonly realism?: { readonly result: number; readonly photo: number; readonly style: number };
}

/** Larger pictures say nothing more about content and cost minutes. */
const largestComparedPx = 1024;
/** Style is looked at closer, in crops. */
const largestStylePx = 2048;

/** What a host may lend; this process's own otherwise. */
export interface EvaluateHost {
  readonly sessions?: SessionFactory;
  readonly environment?: Environment;
}

/**
 * Measures a result against its content and its style.
 * Throws picture.*, features.*, preset.*, network.*, session.*, job.cancelled, usage.invalid for an empty style set.
 */
export async function evaluate(request: EvaluateRequest, watch: JobWatch, host: EvaluateHost = {}): Promise<EvaluateReport> {
  if (request.style.length === 0) throw new StudioError('usage.invalid', { reason: 'there is no style picture to compare with' });
  const critic = await findCritic(request, watch, host);
  try {
    const features = await openFeatures(request, host);
    try {
      const report = await measure(request, { network: features.network, critic }, watch);
      return { ...report, features: { file: features.file, sha256: features.sha256 } };
    } finally {
      await features.network.close();
    }
  } finally {
    await critic?.session.release();
  }
}

/** Mean feature distance of all pairs of results of different seeds; they have one size or are brought to the first one's. */
export async function seedDiversity(results: readonly string[], options: FeatureOptions, host: EvaluateHost = {}): Promise<number> {
  const features = await openFeatures(options, host);
  try {
    const pictures: Tensor[] = [];
    for (const path of results) pictures.push(await pictureAt(path, largestComparedPx));
    const [first] = pictures;
    return first ? await diversity(pictures.map((each) => resized(each, extentOf(first))), features.network) : 0;
  } finally {
    await features.network.close();
  }
}

type FeatureOptions = Pick<EvaluateRequest, 'features' | 'threads'>;
type Measured = Omit<EvaluateReport, 'features'>;

interface Pictures {
  readonly content: Tensor;
  readonly result: Tensor;
  readonly style: readonly Tensor[];
}

interface Judges {
  readonly network: FeatureNetwork;
  readonly critic: Critic | undefined;
}

async function measure(request: EvaluateRequest, { network, critic }: Judges, watch: JobWatch): Promise<Measured> {
  const scales = Object.keys(matchScales) as MatchScale[];
  const total = 2 + scales.length;
  const step = (done: number): void => {
    if (watch.signal.aborted) throw new StudioError('job.cancelled');
    watch.progress({ stage: 'measure', done, total });
  };
  step(0);
  const content = await pictureAt(request.content, largestStylePx);
  const result = await pictureAt(request.result, largestStylePx);
  const style: Tensor[] = [];
  for (const path of request.style) style.push(await pictureAt(path, largestStylePx));
  step(1);
  const compared = comparable(content, result, basename(request.result), watch);
  const kept = await contentKept(compared.content, compared.result, network);
  step(2);
  const rows: StyleRow[] = [];
  for (const [i, scale] of scales.entries()) {
    const row = await styleRow(result, content, style, scale, network);
    if (row) rows.push(row);
    else watch.warn('evaluation.scale-skipped', { scale, px: Math.round(longSideOf(result) * matchScales[scale]) });
    step(3 + i);
  }
  return {
    content: basename(request.content),
    style: request.style.map((path) => basename(path)),
    result: basename(request.result),
    contentKept: kept,
    styleMatch: rows,
    colourShift: colourShift(compared.content, compared.result),
    ...(critic && { realism: await realismOf(request, { result, content, style }, critic) }),
  };
}

/** Both at one size: the content's, at most largestComparedPx and never larger than the result. */
function comparable(content: Tensor, result: Tensor, file: string, watch: JobWatch): { content: Tensor; result: Tensor } {
  const longSidePx = Math.min(longSideOf(content), longSideOf(result), largestComparedPx);
  const extent = scaledExtent(extentOf(content), longSidePx);
  if (extentOf(content).width !== extentOf(result).width || extentOf(content).height !== extentOf(result).height) {
    watch.warn('evaluation.resized', { file, px: longSidePx });
  }
  return { content: resized(content, extent), result: resized(result, extent) };
}

async function contentKept(content: Tensor, result: Tensor, network: FeatureNetwork): Promise<Measured['contentKept']> {
  const [before, after] = [await network.features(content), await network.features(result)];
  return { featureDistance: featureDistance(before, after), ssim: ssim(content, result), longSidePx: longSideOf(content) };
}

/** The photograph is judged at the result's size, so that both are judged alike. */
async function styleRow(result: Tensor, content: Tensor, style: readonly Tensor[], scale: MatchScale, network: FeatureNetwork): Promise<StyleRow | undefined> {
  const [match, photo] = await styleMatch([result, resized(content, extentOf(result))], style, scale, network);
  if (!match || !photo) return undefined;
  const { longSidePx, gram, moments } = match;
  return { scale, longSidePx, gram, moments, photo: { gram: photo.gram, moments: photo.moments } };
}

async function realismOf(request: EvaluateRequest, { result, content, style }: Pictures, critic: Critic): Promise<{ result: number; photo: number; style: number }> {
  const score = (picture: Tensor, path: string): Promise<number> => realism(asLearned(picture, path, critic.learnedSizePx), critic.session);
  let ofStyle = 0;
  for (const [i, painting] of style.entries()) ofStyle += (await score(painting, request.style[i]!)) / style.length;
  return { result: await score(result, request.result), photo: await score(content, request.content), style: ofStyle };
}

/** At the size of the paintings the critic has seen, as far as that leaves it something to see; never enlarged, since blur would be judged. */
function asLearned(picture: Tensor, path: string, learnedSizePx: number): Tensor {
  const { width, height } = extentOf(picture);
  const shortSide = Math.min(width, height);
  if (shortSide < realismCropPx) throw new StudioError('picture.too-small', { file: basename(path), width, height, limit: realismCropPx });
  const longSide = Math.max(width, height);
  const least = Math.ceil((realismCropPx * longSide) / shortSide);
  return resized(picture, scaledExtent({ width, height }, Math.min(longSide, Math.max(least, learnedSizePx))));
}

/** The discriminator of the style that is named; a warning where it has none. */
async function findCritic(request: EvaluateRequest, watch: JobWatch, { sessions = createOrtSessions(), environment = process.env }: EvaluateHost): Promise<Critic | undefined> {
  if (request.preset === undefined) return undefined;
  const { kind, path } = await openLibrary(foldersOf(environment), programLabel).find(request.preset);
  const critic = kind === 'preset' ? await openCritic(await readPreset(path), sessions, optionsOf(request)) : undefined;
  if (!critic) watch.warn('evaluation.no-critic', { name: basename(request.preset) });
  return critic;
}

function optionsOf({ threads }: FeatureOptions): SessionOptions {
  return { provider: 'cpu', ...(threads !== undefined && { threads }) };
}

async function openFeatures(request: FeatureOptions, { sessions = createOrtSessions(), environment = process.env }: EvaluateHost): Promise<{ network: FeatureNetwork; file: string; sha256: string }> {
  const found = await findFeatures(request.features, environment, foldersOf(environment).resources);
  const model = await readFeatures(found);
  const file = basename(found.path);
  const network = await openFeatureNetwork(model, file, sessions, optionsOf(request));
  return { network, file, sha256: createHash('sha256').update(model).digest('hex') };
}

/** [1,3,H,W] in [0,1], upright, sRGB, reduced to at most this long side. */
async function pictureAt(path: string, longSide: number): Promise<Tensor> {
  return planesOf(await decodePixels(path, { longSide }));
}

function longSideOf(picture: Tensor): number {
  const { width, height } = extentOf(picture);
  return Math.max(width, height);
}
