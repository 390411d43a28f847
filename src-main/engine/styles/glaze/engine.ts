// The glaze engine: taught presets, mixed in one pass where they share a base, in passes where they do not.
import { StudioError } from '../../../contract/fault.ts';
import { plainMarks, type MarkKind, type Preset } from '../../../contract/style.ts';
import { blended, type BlendPart } from '../blended.ts';
import { faded } from '../faded.ts';
import { mixSpreads, noSpread } from '../../image/hue-spread.ts';
import type { StyleEngine, StyleOpening, StyleRunner } from '../style-engine.ts';
import { glazeRunner } from './glaze-runner.ts';
import { mixVectors } from './weights.ts';

interface Entry {
  readonly preset: Preset;
  readonly weights: Float32Array;
  readonly weight: number;
}

export const glaze: StyleEngine = {
  id: 'glaze',
  title: 'Taught styles',
  paper: 'Dumoulin 2017, arXiv:1610.07629',
  params: {
    strength: { kind: 'number', label: 'param.strength', min: 0, max: 1, step: 0.01, default: 1 },
    noise: { kind: 'number', label: 'param.noise', min: 0, max: 1, step: 0.01, default: 1 },
    light: { kind: 'number', label: 'param.light', min: 0, max: 1, step: 0.01, default: 1 },
    brokenColour: { kind: 'number', label: 'param.brokenColour', min: 0, max: 1, step: 0.01, default: 1 },
  },
  mixes: true,
  paints: (source) => source.kind === 'preset' && source.preset.record.engine === 'glaze',
  open: openGlaze,
};

async function openGlaze(opening: StyleOpening): Promise<StyleRunner> {
  const total = opening.mix.reduce((sum, { weight }) => sum + weight, 0);
  const entries = await Promise.all(opening.mix.map(({ source, weight }) => entryOf({ source, weight: weight / total }, opening)));
  const groups = groupEntries(entries, opening.masked);
  const parts: BlendPart[] = groups.map((members) => ({
    runner: runnerOf(members.map((index) => entries[index]), opening),
    share: members.reduce((sum, index) => sum + entries[index].weight, 0),
    styles: members,
  }));
  if (parts.length > 1) opening.warn('preset.mixed-in-passes', { passes: parts.length });
  return faded(parts.length === 1 ? parts[0].runner : blended(parts), opening.strength);
}

async function entryOf({ source, weight }: StyleOpening['mix'][number], { base }: StyleOpening): Promise<Entry> {
  if (source.kind !== 'preset') throw new StudioError('internal', { reason: 'the glaze engine was given a foreign network' });
  const { preset } = source;
  const weights = preset.weights ?? (await base(preset.record.base))?.weights;
  if (!weights) throw new StudioError('preset.other-base', { file: preset.record.name, base: preset.record.base.slice(0, 12) });
  return { preset, weights, weight };
}

/**
 * Styles that one pass paints. Codes over the same weights share one pass, by weights or by masks. Networks taught from the
 * same base mix by interpolated weights; masks cannot place whole networks, so there each has a pass (docs/decisions.md).
 */
function groupEntries(entries: readonly Entry[], masked: boolean): number[][] {
  const groups = new Map<string, number[]>();
  entries.forEach(({ preset: { record } }, index) => {
    const own = masked && record.kind === 'network' ? record.id : '';
    const key = `${record.base} ${JSON.stringify(record.generator)} ${own}`;
    groups.set(key, [...(groups.get(key) ?? []), index]);
  });
  return [...groups.values()];
}

function runnerOf(entries: readonly Entry[], { masked, seed, noise, light, brokenColour, marks, sessions, provider, threads, mostSessions, manySizes }: StyleOpening): StyleRunner {
  const total = entries.reduce((sum, { weight }) => sum + weight, 0);
  const shares = entries.map(({ weight }) => weight / total);
  const codes = entries.map(({ preset }) => preset.code);
  const heaviest = entries.reduce((best, entry) => (entry.weight > best.weight ? entry : best));
  const { generator, learnedSizePx } = heaviest.preset.record;
  const placed = masked && entries.length > 1;
  const marksFor = ({ preset: { record } }: Entry): MarkKind => marks ?? record.marks ?? plainMarks;
  const spreads = entries.map(({ preset }) => preset.record.hueSpread ?? noSpread);
  return glazeRunner({
    generator,
    learnedSizePx,
    weights: placed ? entries[0].weights : mixVectors(entries.map(({ weights }) => weights), shares),
    codes: placed ? codes : [mixVectors(codes, shares)],
    seed,
    noise,
    ...(light !== undefined && { light }),
    ...(brokenColour !== undefined && { brokenColour }),
    breaks: placed ? entries.map((entry, index) => ({ spread: spreads[index]!, marks: marksFor(entry) })) : [{ spread: mixSpreads(spreads, shares), marks: marksFor(heaviest) }],
    sessions,
    options: { provider, threads },
    ...(mostSessions !== undefined && { mostSessions }),
    ...(manySizes !== undefined && { manySizes }),
  });
}
