// A mix of styles as one open runner: sources to their engines, engines blended where there is more than one.
import { preparationIn } from '../../contract/document.ts';
import { StudioError } from '../../contract/fault.ts';
import type { JobWatch } from '../../contract/job.ts';
import type { RecipeStyle } from '../../contract/recipe.ts';
import type { MarkKind, MixEntry } from '../../contract/style.ts';
import { probeModel } from '../../engine/onnx/probe-model.ts';
import { chooseDevice, threadsFor } from '../../engine/runtime/device.ts';
import { createOrtSessions } from '../../engine/runtime/ort-node.ts';
import type { Provider, SessionFactory } from '../../engine/runtime/session.ts';
import { blended, type BlendPart } from '../../engine/styles/blended.ts';
import { styleEngines } from '../../engine/styles/index.ts';
import type { StyleEngine, StyleOpening, StyleRunner } from '../../engine/styles/style-engine.ts';
import { findBase } from './bases.ts';
import type { Folders } from '../platform.ts';
import { readSources, type ForeignOptions, type NamedSource } from './style-sources.ts';

export interface StylesRequest {
  readonly mix: readonly MixEntry[];
  readonly strength: number;
  readonly seed: number;
  readonly noise: number;
  /** As of StyleOpening. */
  readonly light?: number;
  readonly brokenColour?: number;
  readonly marks?: MarkKind;
  readonly device: string;
  readonly threads?: number;
  readonly foreign?: ForeignOptions;
  /** Whether masks place the styles; where it does not say, they do if one of the mix names a mask. */
  readonly masked?: boolean;
  /** As of StyleOpening. */
  readonly mostSessions?: number;
  readonly manySizes?: boolean;
  /** Shared by whoever opens many mixes, so that a device is tried once. */
  readonly sessions?: SessionFactory;
}

/** A mix ready to paint. Whoever opened it closes its runner. */
export interface OpenStyles {
  readonly runner: StyleRunner;
  /** As the recipe of a picture names them, in the order of the mix. */
  readonly styles: readonly RecipeStyle[];
  readonly provider: Provider;
  readonly threads: number;
}

type Warn = JobWatch['warn'];

/** Opens a mix on the device asked for. Throws preset.* | network.* | device.unavailable | session.* | usage.invalid. */
export async function openStyles(request: StylesRequest, folders: Folders, warn: Warn): Promise<OpenStyles> {
  const sources = await readSources(request.mix, folders, request.foreign);
  const sessions = request.sessions ?? createOrtSessions();
  const { provider } = await chooseDevice(deviceOf(request.device), sessions, probeModel());
  const threads = request.threads ?? threadsFor('painter', { windowActive: false, both: false });
  const { strength, seed, noise, mostSessions, manySizes } = request;
  const base = (hash: string) => findBase(hash, folders);
  const shared = { strength, seed, noise, base, sessions, provider, threads, warn, ...preparationIn(request), ...(mostSessions !== undefined && { mostSessions }), ...(manySizes !== undefined && { manySizes }) };
  const runner = await openRunner(sources, request.masked ?? request.mix.some(({ mask }) => mask !== undefined), shared);
  return { runner, styles: sources.map(({ recipe }) => recipe), provider, threads };
}

function deviceOf(name: string): 'auto' | Provider {
  const known: readonly ('auto' | Provider)[] = ['auto', 'cpu', 'webgpu', 'cuda', 'dml', 'coreml'];
  const found = known.find((device) => device === name);
  if (!found) throw new StudioError('usage.invalid', { reason: `there is no device ${name}` });
  return found;
}

interface Group {
  readonly engine: StyleEngine;
  readonly members: readonly number[];
}

/** Styles that one engine paints in one pass, by index of the mix; an engine that cannot mix has a group for each. */
function groupByEngine(sources: readonly NamedSource[]): Group[] {
  const groups: { engine: StyleEngine; members: number[] }[] = [];
  sources.forEach(({ source, recipe }, index) => {
    const engine = styleEngines.find((each) => each.paints(source));
    if (!engine) throw new StudioError('preset.corrupt', { file: recipe.name, reason: 'it belongs to a style engine this program does not have' });
    const group = engine.mixes ? groups.find((each) => each.engine === engine) : undefined;
    if (group) group.members.push(index);
    else groups.push({ engine, members: [index] });
  });
  return groups;
}

async function openRunner(sources: readonly NamedSource[], masked: boolean, shared: Omit<StyleOpening, 'mix' | 'masked'>): Promise<StyleRunner> {
  const groups = groupByEngine(sources);
  const [only] = groups;
  // a lone style under a mask goes through the blend, which keeps the picture where the mask does not reach
  if (only && groups.length === 1 && !(masked && sources.length === 1)) return only.engine.open({ ...shared, masked, mix: mixOf(only, sources) });
  const parts: BlendPart[] = [];
  try {
    for (const group of groups) {
      const mix = mixOf(group, sources);
      // one style alone needs no mask of its own: the blend places it
      const runner = await group.engine.open({ ...shared, masked: masked && mix.length > 1, mix });
      parts.push({ runner, share: mix.reduce((sum, { weight }) => sum + weight, 0), styles: group.members });
    }
    if (parts.length > 1) shared.warn('preset.mixed-in-passes', { passes: parts.length });
    return blended(parts);
  } catch (thrown) {
    for (const { runner } of parts) await runner.close();
    throw thrown;
  }
}

function mixOf(group: Group, sources: readonly NamedSource[]): StyleOpening['mix'] {
  return sources.filter((_, index) => group.members.includes(index)).map(({ source, weight }) => ({ source, weight }));
}
