// Edits of a glaze as changes to the record.
import type { Change, Json } from '../../../src-main/contract/changes.ts';
import { plainPaint, type DocumentRecord, type GlazeSettings, type GlazeStyle, type LayerId, type LayerOf, type Mask } from '../../../src-main/contract/document.ts';
import { envelope, setProp } from '../../document/layer-changes.ts';
import { mostCorners, padPlaceOf, padWeights, type PadPlace } from './pad-weights.ts';

export const largestSeed = 2 ** 31 - 1;
/** Styles a glaze may mix, and its largest strokes in % (the record's schema). */
export const mostStyles = 8;
export const largestStrokePercent = 800;

export function newGlaze(name: string, styles: readonly GlazeStyle[], settings: Partial<GlazeSettings> = {}): LayerOf<'glaze'> {
  return { ...envelope(name), kind: 'glaze', settings: { ...plainPaint, ...settings, styles: [...styles] }, statisticsLocked: false };
}

export function glazeOf(record: DocumentRecord | undefined, id: LayerId | undefined): LayerOf<'glaze'> | undefined {
  const layer = id === undefined ? undefined : record?.layers[id];
  return layer?.kind === 'glaze' ? layer : undefined;
}

/** Some settings of a glaze set to other values. */
export function setSettings(record: DocumentRecord, id: LayerId, wanted: Partial<GlazeSettings>): Change[] {
  const glaze = glazeOf(record, id);
  if (!glaze) return [];
  return Object.entries(wanted).flatMap(([key, value]) => (changed(glaze.settings[key], value) ? setProp(record, id, ['settings', key], value) : []));
}

/** All that is set on a glaze in place of what was: what is not said any more is gone. */
export function settingsInstead(before: GlazeSettings, after: GlazeSettings): Partial<GlazeSettings> {
  return { ...Object.fromEntries(Object.keys(before).map((key) => [key, undefined])), ...after };
}

/** Another style joins with the mean weight of the others; a pad's handle moves to where it stands for the same mix. */
export function withStyle(settings: GlazeSettings, added: GlazeStyle): Pick<GlazeSettings, 'styles' | 'pad'> {
  if (settings.styles.length >= mostStyles || settings.styles.some(({ style }) => style === added.style)) return mixOf(settings.styles, settings.pad);
  const sum = settings.styles.reduce((total, { weight }) => total + weight, 0);
  const weight = settings.styles.length === 0 || sum <= 0 ? 1 : sum / settings.styles.length;
  return mixOf([...settings.styles, { ...added, weight }]);
}

/** One style in place of the mix; where it is one for one, it is brushed where the other was. */
export function withOnly(settings: GlazeSettings, style: GlazeStyle): Pick<GlazeSettings, 'styles' | 'pad'> {
  const [only, second] = settings.styles;
  return mixOf([{ ...style, weight: 1, ...(only?.mask && !second ? { mask: only.mask } : {}) }]);
}

export function withoutStyle(settings: GlazeSettings, style: string): Pick<GlazeSettings, 'styles' | 'pad'> {
  return mixOf(settings.styles.filter((one) => one.style !== style));
}

/** Weights set by hand, by the order of the styles. */
export function withWeight(settings: GlazeSettings, style: string, weight: number): Pick<GlazeSettings, 'styles' | 'pad'> {
  return mixOf(settings.styles.map((one) => (one.style === style ? { ...one, weight } : one)));
}

const nowhere: Mask = { x: 0, y: 0, depth: 8, tiles: {}, outside: 0, enabled: true };

/** A glaze, or one of its styles, that shows nowhere until it is brushed in; a style gets the weight at which a full mask is all of it. */
export function hideEverywhere(record: DocumentRecord, id: LayerId, style?: number): Change[] {
  const glaze = glazeOf(record, id);
  if (!glaze) return [];
  if (style === undefined) return setProp(record, id, ['mask'], nowhere);
  const { styles } = glaze.settings;
  const weight = Math.max(...styles.map((each) => each.weight));
  return setSettings(record, id, { ...mixOf(styles.map((each, at) => (at === style ? { ...each, weight, mask: nowhere } : each))) });
}

/** The mix for which the pad's handle stands at a place. */
export function atPad(settings: GlazeSettings, place: PadPlace): Pick<GlazeSettings, 'styles' | 'pad'> {
  const weights = padWeights(settings.styles.length, place);
  return { styles: settings.styles.map((style, index) => ({ ...style, weight: rounded(weights?.[index] ?? style.weight) })), pad: place };
}

/** Styles with a pad whose handle stands where their weights say, unless told where. */
export function mixOf(styles: readonly GlazeStyle[], pad?: PadPlace): Pick<GlazeSettings, 'styles' | 'pad'> {
  const hasPad = styles.length >= 2 && styles.length <= mostCorners;
  const place = hasPad ? (pad ?? padPlaceOf(styles.map(({ weight }) => weight))) : undefined;
  return { styles: [...styles], pad: place };
}

/** Four digits say all that the hand can mean. */
function rounded(weight: number): number {
  return Math.round(weight * 1e4) / 1e4;
}

function changed(before: unknown, after: unknown): boolean {
  return JSON.stringify(before as Json | undefined) !== JSON.stringify(after as Json | undefined);
}
