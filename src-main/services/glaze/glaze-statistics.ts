// Frozen statistics of a glaze as an asset: of the first pass, of the finer ones, and what see-through places are filled with.
import { createHash } from 'node:crypto';
import { preparationSettings, type GlazeSettings } from '../../contract/document.ts';
import { StudioError } from '../../contract/fault.ts';
import { statisticsWithin } from '../../engine/styles/blended.ts';
import { readSafetensors, writeSafetensors, type TensorTable } from '../../engine/tensor/safetensors.ts';
import { tensor } from '../../engine/tensor/tensor.ts';

export interface GlazeStatistics {
  /** statisticsKey of the settings they were measured with. */
  readonly key: string;
  /** Colour of see-through parts, red, green, blue in [0,1]. */
  readonly fill: readonly number[];
  /** Width and height of the artwork whose places a lighting and masses are of; absent where nothing is lit or broken. */
  readonly frame?: readonly number[];
  readonly first: TensorTable;
  /** Absent where there is one pass. */
  readonly finer?: TensorTable;
}

/**
 * What of the settings statistics depend on, as a short hash: styles, weights, whether masks place them, strength, stroke size,
 * seed, noise, light, broken colour and its marks. Not: colours kept, the pad's handle, where masks are brushed.
 */
export function statisticsKey(settings: GlazeSettings): string {
  const { styles, strength, strokePercent, seed, noise } = settings;
  // as they were before there was light, before colour was broken, and before there were marks to choose
  const { light, brokenColour } = preparationSettings(settings);
  const marks = settings.marks === undefined ? [] : [settings.marks];
  const prepared = brokenColour > 0 ? [light, brokenColour, ...marks] : light > 0 ? [light] : [];
  const total = styles.reduce((sum, { weight }) => sum + weight, 0);
  const mix = styles.map(({ style, id, weight, mask }) => [style, id ?? '', weight / total, mask?.enabled === true]);
  return createHash('sha256').update(JSON.stringify([mix, strength, strokePercent, seed, noise, ...prepared])).digest('hex').slice(0, 16);
}

export function encodeStatistics({ key, fill, frame, first, finer }: GlazeStatistics): Uint8Array {
  const under = (start: string, table: TensorTable): TensorTable => Object.fromEntries(Object.entries(table).map(([name, value]) => [start + name, value]));
  return writeSafetensors({
    key: vectorOf(Buffer.from(key, 'hex')),
    fill: vectorOf(fill),
    ...(frame && { frame: vectorOf(frame) }),
    ...under('first/', first),
    ...(finer && { finer: vectorOf([1]), ...under('finer/', finer) }),
  });
}

/** Throws asset.corrupt where the bytes are no statistics. */
export function decodeStatistics(bytes: Uint8Array): GlazeStatistics {
  const table = tableOf(bytes);
  const { key, fill, frame } = table;
  if (!key || fill?.data.length !== 3) throw new StudioError('asset.corrupt', { asset: 'statistics' });
  return {
    key: Buffer.from(key.data).toString('hex'),
    fill: [...fill.data],
    ...(frame && { frame: [...frame.data] }),
    first: statisticsWithin(table, 'first/'),
    ...(table['finer'] && { finer: statisticsWithin(table, 'finer/') }),
  };
}

function tableOf(bytes: Uint8Array): TensorTable {
  try {
    return readSafetensors(bytes, 'statistics');
  } catch (thrown) {
    throw new StudioError('asset.corrupt', { asset: 'statistics' }, { cause: thrown });
  }
}

/**
 * How far two measurements of one network are apart: the root mean square over all channels of the shift of the mean in standard
 * deviations and of the logarithm of the ratio of deviations, or how far the light or the forms have moved, whichever is most; 0 for equal ones and
 * where nothing is measured.
 */
export function statisticsDrift(before: TensorTable, after: TensorTable): number {
  return Math.max(channelDrift(before, after), ...Object.keys({ ...before, ...after }).filter(isLight).map((name) => lightDrift(before[name], after[name])), ...Object.keys(after).filter(isMasses).map((name) => massesDrift(before[name], after[name]!)));
}

const isLight = (name: string): boolean => name.endsWith('light.surroundings');
const isMasses = (name: string): boolean => name.endsWith('colour.masses');
/** Root mean square in luma by which surroundings differ that counts as a deviation of a channel: a mass that has moved is told, a small stroke not. */
const lightScale = 0.75;

/** Where one is not lit, or another picture's shape, nothing of it fits. */
function lightDrift(before: TensorTable[string] | undefined, after: TensorTable[string] | undefined): number {
  if (before?.shape.join() !== after?.shape.join()) return Infinity;
  return apart(before!, after!, before!.data.length / 2);
}

/** Nothing where they were measured before marks kept to forms: those stay as they are. */
function massesDrift(before: TensorTable[string] | undefined, after: TensorTable[string]): number {
  if (!before) return 0;
  return before.shape.join() === after.shape.join() ? apart(before, after, before.data.length) : Infinity;
}

/** Root mean square by which the first numbers differ, in luma that counts as a deviation of a channel. */
function apart({ data: was }: TensorTable[string], { data: is }: TensorTable[string], count: number): number {
  let sum = 0;
  for (let at = 0; at < count; at++) sum += (Number(is[at]) - Number(was[at])) ** 2;
  return Math.sqrt(sum / count) / lightScale;
}

function channelDrift(before: TensorTable, after: TensorTable): number {
  let sum = 0;
  let count = 0;
  for (const [name, { data: means }] of Object.entries(before)) {
    const variance = partnerOf(name);
    const [spread, meansAfter, spreadAfter] = [before[variance], after[name], after[variance]];
    if (variance === name || !spread || !meansAfter || !spreadAfter) continue;
    for (let i = 0; i < means.length; i++) {
      const [a, b] = [Math.sqrt(spread.data[i]!) + 1e-3, Math.sqrt(spreadAfter.data[i]!) + 1e-3];
      sum += ((meansAfter.data[i]! - means[i]!) / a) ** 2 + Math.log(b / a) ** 2;
      count += 1;
    }
  }
  return count === 0 ? 0 : Math.sqrt(sum / count);
}

/** LAYER.mean → LAYER.variance, LAYER/frozen-mean → LAYER/frozen-variance; other names stay. */
function partnerOf(name: string): string {
  return name.replace(/mean$/, 'variance');
}

function vectorOf(values: ArrayLike<number>): ReturnType<typeof tensor> {
  return tensor([values.length], Float32Array.from(values));
}
