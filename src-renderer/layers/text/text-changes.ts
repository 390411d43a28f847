// Text layers as changes to the record, and text settings under an affine map.
import type { Change } from '../../../src-main/contract/changes.ts';
import type { DocumentRecord, LayerId, LayerOf, Matrix, Raster, TextSettings } from '../../../src-main/contract/document.ts';
import type { Region } from '../../../src-main/contract/image.ts';
import { mapPoint } from '../../../src-main/raster/transform.ts';
import { editRecord } from '../../document/record-edit.ts';

const textKeys = ['text', 'font', 'weight', 'italic', 'sizePx', 'colour', 'vertical', 'align', 'lineHeight', 'letterSpacing', 'boxWidth', 'at', 'linear'] as const satisfies readonly (keyof TextSettings)[];

/** Where `at` stands in the length of lines. */
const alignShares = { left: 0, center: 0.5, right: 1 } as const;

/** Height of the letters above their line, in shares of the size. */
const ascent = 0.97;
const smallestPx = 1;
const largestPx = 4096;
const mostNameCharacters = 40;

/** Of a layer, without what else it has. */
export function settingsOf(layer: LayerOf<'text'>): TextSettings {
  return Object.fromEntries(textKeys.flatMap((key) => (layer[key] === undefined ? [] : [[key, layer[key]]]))) as TextSettings;
}

/** The first words. */
export function nameOfText(text: string): string {
  const line = text.split(/[\r\n]/).map((each) => each.trim().replace(/\s+/g, ' ')).find((each) => each !== '') ?? '';
  const characters = [...line];
  return characters.length > mostNameCharacters ? `${characters.slice(0, mostNameCharacters).join('').trimEnd()}…` : line;
}

/** Settings and pixels of a layer that is there; its name goes along until the artist gives another. */
export function setText(record: DocumentRecord, id: LayerId, settings: TextSettings, pixels: Raster): readonly Change[] {
  const layer = record.layers[id];
  if (layer?.kind !== 'text') return [];
  const edit = editRecord(record);
  for (const key of textKeys) if (JSON.stringify(layer[key]) !== JSON.stringify(settings[key])) edit.set(['layers', id, key], settings[key]);
  if (JSON.stringify(layer.pixels) !== JSON.stringify(pixels)) edit.set(['layers', id, 'pixels'], pixels);
  const name = nameOfText(settings.text);
  if (layer.name === nameOfText(layer.text) && name !== '') edit.set(['layers', id, 'name'], name);
  return edit.changes();
}

/** Where text is set whose lines fill a box: the first at its top, or at its right where lines are vertical. */
export function textIn({ x, y, width, height }: Region, { align, vertical = false, sizePx }: Pick<TextSettings, 'align' | 'vertical' | 'sizePx'>): Pick<TextSettings, 'at' | 'boxWidth'> {
  const length = Math.max(1, vertical ? height : width);
  const along = alignShares[align] * length;
  return { at: vertical ? [x + width - Math.round(sizePx / 2), y + along] : [x + along, y + Math.round(sizePx * ascent)], boxWidth: length };
}

/** Lines of a given length stay where they are under another alignment. */
export function keptBox({ at, align, vertical = false, boxWidth = 0, linear: [a, b, c, d] = [1, 0, 0, 1] }: TextSettings, next: TextSettings['align']): Pick<TextSettings, 'at'> {
  const way = (alignShares[next] - alignShares[align]) * boxWidth;
  return { at: [at[0] + (vertical ? c : a) * way, at[1] + (vertical ? d : b) * way] };
}

/** Undefined where the map flattens everything. Sizes change with the map; turns, flips and what stretches one way only stand in `linear`. */
export function textUnder(settings: TextSettings, matrix: Matrix): TextSettings | undefined {
  const [a, b, c, d] = matrix;
  const [p, q, r, s] = settings.linear ?? [1, 0, 0, 1];
  const linear = [a * p + c * q, b * p + d * q, a * r + c * s, b * r + d * s] as const;
  const area = Math.abs(linear[0] * linear[3] - linear[1] * linear[2]);
  if (!(area > 1e-12)) return undefined;
  const sizePx = Math.min(largestPx, Math.max(smallestPx, settings.sizePx * Math.sqrt(area)));
  const scale = sizePx / settings.sizePx;
  const left = linear.map((value) => value / scale) as [number, number, number, number];
  const isUpright = left.every((value, index) => Math.abs(value - (index % 3 === 0 ? 1 : 0)) < 1e-6);
  const { linear: _, boxWidth, ...rest } = settings;
  return { ...rest, at: mapPoint(matrix, ...settings.at), sizePx, ...(boxWidth === undefined ? {} : { boxWidth: boxWidth * scale }), ...(isUpright ? {} : { linear: left }) };
}
