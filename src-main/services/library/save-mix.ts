// A blend of styles as a style of its own: the weighted mean of what they have learned over one base.
import { StudioError } from '../../contract/fault.ts';
import { programLabel } from '../../contract/program.ts';
import type { GlazeSettings } from '../../contract/document.ts';
import type { Preset } from '../../contract/style.ts';
import { mixSpreads, noSpread } from '../../engine/image/hue-spread.ts';
import { mixVectors } from '../../engine/styles/glaze/weights.ts';
import { findBase, otherBase } from './bases.ts';
import type { Library } from './library.ts';
import type { Folders } from '../platform.ts';
import { readPreset } from './preset-file.ts';

interface Part {
  readonly preset: Preset;
  readonly share: number;
}

/**
 * The preset that a glaze's mix paints like; codes of one base give a code, anything else of one base a network, as they do
 * when painted (engine/styles/glaze). Throws usage.invalid for no styles | mix.* | preset.*.
 */
export async function mixPreset(name: string, styles: GlazeSettings['styles'], library: Library, folders: Folders, now: Date): Promise<Preset> {
  const parts = await readParts(styles, library);
  const [heaviest] = [...parts].sort((a, b) => b.share - a.share);
  if (!heaviest) throw new StudioError('usage.invalid', { reason: 'the mix holds no style' });
  const { record } = heaviest.preset;
  requireOneBase(parts, heaviest.preset);
  const shares = parts.map(({ share }) => share);
  const code = mixVectors(parts.map(({ preset }) => preset.code), shares);
  const spreads = parts.map(({ preset }) => preset.record.hueSpread);
  const isCode = parts.every(({ preset }) => preset.record.kind === 'code');
  const weights = isCode ? undefined : mixVectors(await Promise.all(parts.map(({ preset }) => weightsOf(preset, folders))), shares);
  const { card: _card, critic: _critic, lineage, ...kept } = record;
  const { parent: _parent, losses: _losses, ...learned } = lineage;
  return {
    record: {
      ...kept,
      kind: isCode ? 'code' : 'network',
      name,
      createdAt: now.toISOString(),
      program: programLabel,
      ...(spreads.some((spread) => spread) && { hueSpread: mixSpreads(spreads.map((spread) => spread ?? noSpread), shares) }),
      licence: [...new Set(parts.map(({ preset }) => preset.record.licence))].join('; '),
      lineage: { ...learned, mix: parts.map(({ preset, share }) => ({ name: preset.record.name, id: preset.record.id, share })) },
    },
    code,
    ...(weights && { weights }),
  };
}

async function readParts(styles: GlazeSettings['styles'], library: Library): Promise<Part[]> {
  const brushed = styles.find(({ mask }) => mask !== undefined);
  if (brushed) throw new StudioError('mix.brushed', { name: brushed.style });
  const heard = styles.filter(({ weight }) => weight > 0);
  const total = heard.reduce((sum, { weight }) => sum + weight, 0);
  return Promise.all(
    heard.map(async ({ style, weight }) => {
      const { kind, path } = await library.find(style);
      if (kind === 'network') throw new StudioError('mix.foreign', { name: style });
      return { preset: await readPreset(path), share: weight / total };
    }),
  );
}

function requireOneBase(parts: readonly Part[], { record }: Preset): void {
  const isRelated = ({ preset }: Part): boolean => preset.record.base === record.base && JSON.stringify(preset.record.generator) === JSON.stringify(record.generator);
  const stranger = parts.find((part) => !isRelated(part));
  if (stranger) throw new StudioError('mix.other-base', { name: record.name, other: stranger.preset.record.name });
}

async function weightsOf({ record, weights }: Preset, folders: Folders): Promise<Float32Array> {
  const found = weights ?? (await findBase(record.base, folders))?.weights;
  if (!found) throw otherBase(record);
  return found;
}
