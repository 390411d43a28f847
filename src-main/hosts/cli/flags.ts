// How flag values are read: each reader answers with a value or throws a usage fault that says what to write.
import type { Command } from 'commander';
import { languages } from '../../contract/messages/message.ts';
import type { MixEntry } from '../../contract/style.ts';
import { mostCrops, type PaintingCrops } from '../../contract/teaching.ts';
import { isFileName } from '../../services/library/style-name.ts';
import type { Texts } from './texts/texts.ts';
import { usageFault } from './usage.ts';

/** Stroke sizes by name, in %; native (0) paints at full size in one pass. */
const namedStrokes: Readonly<Record<string, number>> = { small: 50, medium: 100, large: 200, native: 0 };

export type Reader<T> = (value: string, previous: T | undefined) => T;

/** A number within [min, max]. */
export function numberFlag(flag: string, min: number, max: number, texts: Texts): Reader<number> {
  return (value) => {
    const number = value.trim() === '' ? Number.NaN : Number(value);
    if (!(number >= min && number <= max)) throw usageFault(texts.usage.number, { flag, min, max, value });
    return number;
  };
}

/** A whole number within [min, max]. */
export function wholeFlag(flag: string, min: number, max: number, texts: Texts): Reader<number> {
  return (value) => {
    const number = value.trim() === '' ? Number.NaN : Number(value);
    if (!Number.isInteger(number) || number < min || number > max) throw usageFault(texts.usage.whole, { flag, min, max, value });
    return number;
  };
}

/** One of a closed list. */
export function choiceFlag<T extends string>(flag: string, choices: readonly T[], texts: Texts): Reader<T> {
  return (value) => {
    const choice = choices.find((known) => known.toLowerCase() === value.toLowerCase());
    if (choice === undefined) throw usageFault(texts.usage.choice, { flag, choices: choices.join(', '), value });
    return choice;
  };
}

/** A style's name: one that a file can have, without what stands before a share of a mix. */
export function nameFlag(texts: Texts): Reader<string> {
  return (value) => {
    const name = value.trim();
    if (!isFileName(name) || name.includes('=')) throw usageFault(texts.usage.styleName, { value });
    return name;
  };
}

/** Collects a flag that may be repeated. */
export function collect(value: string, previous: readonly string[] | undefined): readonly string[] {
  return [...(previous ?? []), value];
}

/** A flag that must be given; told after every wrong flag, so that a misspelling is named as such. */
export function required<T>(what: string, value: T | undefined, texts: Texts): T {
  if (value === undefined) throw usageFault(texts.usage.missingOption, { what });
  return value;
}

/** Stroke size in %: a name or a percentage. */
export function strokeFlag(texts: Texts): Reader<number> {
  return (value) => {
    const named = namedStrokes[value.toLowerCase()];
    if (named !== undefined) return named;
    const percent = Number(value.replace(/%$/, ''));
    if (!(percent >= 10 && percent <= 1000)) throw usageFault(texts.usage.stroke, { value });
    return percent;
  };
}

/** Parts of a picture in px, X,Y,WxH, repeated; or the word auto by itself. */
export function cropFlag(texts: Texts): Reader<PaintingCrops> {
  return (value, previous) => {
    const isAuto = value.toLowerCase() === 'auto';
    if (previous !== undefined && (isAuto || previous === 'auto')) throw usageFault(texts.usage.cropAutoAlone);
    if (isAuto) return 'auto';
    const parts = /^(\d{1,6}),(\d{1,6}),(\d{1,6})[x×](\d{1,6})$/i.exec(value.replaceAll(' ', ''));
    if (!parts) throw usageFault(texts.usage.crop, { value });
    const [x = 0, y = 0, width = 0, height = 0] = parts.slice(1).map(Number);
    if (previous?.length === mostCrops) throw usageFault(texts.usage.cropsTooMany, { limit: mostCrops });
    return [...(previous ?? []), { x, y, width, height }];
  };
}

/** NAME|FILE[=WEIGHT], repeated, and STYLE=MASK, repeated, as one mix. */
export function readMix(styles: readonly string[], masks: readonly string[], texts: Texts): MixEntry[] {
  const entries = styles.map((text) => readStyle(text, texts));
  const maskOf = new Map<string, string>();
  for (const text of masks) {
    const entry = entries.find(({ style }) => text.startsWith(`${style}=`) && text.length > style.length + 1);
    if (!entry) throw usageFault(texts.usage.mask, { value: text });
    if (maskOf.has(entry.style)) throw usageFault(texts.usage.maskTwice, { style: entry.style });
    maskOf.set(entry.style, text.slice(entry.style.length + 1));
  }
  return entries.map((entry) => {
    const mask = maskOf.get(entry.style);
    return mask === undefined ? entry : { ...entry, mask };
  });
}

function readStyle(text: string, texts: Texts): MixEntry {
  const parts = /^(.+)=([^=]*)$/.exec(text);
  if (!parts || /\.(vstyle|onnx)$/i.test(text)) return { style: text, weight: 1 };
  const [style = text, share = ''] = parts.slice(1);
  const weight = share.trim() === '' ? Number.NaN : Number(share);
  if (!(weight > 0 && Number.isFinite(weight))) throw usageFault(texts.usage.weight, { style, value: share });
  return { style, weight };
}

/** Flags every command has; the frame reads them before commander does. */
export function withFrameFlags(command: Command, texts: Texts): Command {
  return command
    .option('--json', texts.json)
    .option('--lang <language>', texts.lang, choiceFlag('--lang', languages, texts))
    .helpOption('-h, --help', texts.help);
}

/** What the frame must know before parsing: faults in the flags themselves are told in this form and language. */
export function readFrameFlags(argv: readonly string[]): { readonly json: boolean; readonly lang?: string } {
  const words = argv.includes('--') ? argv.slice(0, argv.indexOf('--')) : argv;
  const lang = words.flatMap((word, index) => (word === '--lang' ? [words[index + 1] ?? ''] : word.startsWith('--lang=') ? [word.slice(7)] : []))[0];
  return { json: words.includes('--json'), ...(lang === undefined ? {} : { lang }) };
}

/** A bare --keep-colours before a picture must not swallow it; American spelling is understood. */
export function normaliseArguments(argv: readonly string[]): string[] {
  return argv.map((word, index) => {
    const spelled = word.replace(/^--keep-colors(?==|$)/, '--keep-colours');
    const next = argv[index + 1];
    const bare = spelled === '--keep-colours' && (next === undefined || next.trim() === '' || Number.isNaN(Number(next)));
    return bare ? '--keep-colours=1' : spelled;
  });
}
