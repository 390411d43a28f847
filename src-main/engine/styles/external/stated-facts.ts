// What a network's file says about itself in metadata and descriptions.
import type { ModelSummary } from '../../onnx/parse.ts';
import type { ChannelOrder, ValueRange } from './convention.ts';

export interface StatedFacts {
  readonly channels?: ChannelOrder;
  readonly range?: ValueRange;
  /** Side in px at which it was trained. */
  readonly learnedSizePx?: number;
}

/** Keys of Windows ML's image metadata, and plain sentences as people write them ("input: BGR 0..255"). */
export function statedFacts(summary: ModelSummary): StatedFacts {
  const text = [summary.doc, ...summary.inputs.map(({ name, doc }) => `${name}: ${doc}`), ...Object.values(summary.metadata)].join('\n');
  const channels = channelsByFormat(summary.metadata['Image.BitmapPixelFormat']) ?? channelsByWords(text);
  const range = rangesByKey[summary.metadata['Image.NominalPixelRange'] ?? ''] ?? rangeByWords(text, summary.inputs.map(({ name }) => name));
  const size = /\btrained\s+(?:at|on|with)\s+(\d{3,4})(?!\d)/i.exec(text) ?? /\b(\d{3,4})x\d{3,4}\s+(?:reference|recommended)/i.exec(text);
  return { ...(channels ? { channels } : {}), ...(range ? { range } : {}), ...(size ? { learnedSizePx: Number(size[1]) } : {}) };
}

const rangesByKey: Readonly<Record<string, ValueRange>> = {
  NominalRange_0_255: '0..255',
  Normalized_0_1: '0..1',
  Normalized_1_1: '-1..1',
};

function channelsByFormat(format: string | undefined): ChannelOrder | undefined {
  if (/^bgr/i.test(format ?? '')) return 'bgr';
  return /^rgb/i.test(format ?? '') ? 'rgb' : undefined;
}

/** One order named and not the other; both named is no statement. */
function channelsByWords(text: string): ChannelOrder | undefined {
  const [bgr, rgb] = [/\bbgr\b/i.test(text), /\brgb\b/i.test(text)];
  if (bgr === rgb) return undefined;
  return bgr ? 'bgr' : 'rgb';
}

/** The first range named after the word "input" or an input's name, in the same clause. */
function rangeByWords(text: string, names: readonly string[]): ValueRange | undefined {
  const subject = ['input', ...names].map((name) => name.replace(/[^\w ]/g, '.')).join('|');
  const match = new RegExp(`(?:${subject})[^;,\\n]{0,60}?(-1|\\b0)\\s*(?:\\.{2,3}|–|to)\\s*\\+?(1|255)\\b`, 'i').exec(text);
  if (!match) return undefined;
  if (match[1] === '-1') return match[2] === '1' ? '-1..1' : undefined;
  return match[2] === '255' ? '0..255' : '0..1';
}
