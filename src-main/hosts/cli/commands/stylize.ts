// velatura stylize: paints pictures, one by one or folders of them, in one style or a blend.
import { basename, resolve } from 'node:path';
import type { Command } from 'commander';
import { plainPaint } from '../../../contract/document.ts';
import { markKinds, type MarkKind } from '../../../contract/style.ts';
import { isWritableName, labelOf, meansFolder, picturesIn, placeResults, type PictureFile } from '../../../services/picture-files.ts';
import type { BatchItem, BatchRequest } from '../../../services/stylize/stylize-files.ts';
import type { Answer } from '../answer.ts';
import type { Cli } from '../cli.ts';
import { answering, newCommand } from '../command.ts';
import { choiceFlag, collect, numberFlag, readMix, required, strokeFlag, wholeFlag } from '../flags.ts';
import { fill } from '../texts/texts.ts';
import { usageFault } from '../usage.ts';

const defaultTilePx = 512;
const devices = ['auto', 'cpu', 'webgpu', 'cuda', 'dml', 'coreml'] as const;

interface StylizeFlags {
  readonly style?: readonly string[];
  readonly mask?: readonly string[];
  readonly strength?: number;
  readonly keepColours?: number;
  readonly stroke?: number;
  readonly longSide?: number;
  readonly tile?: number;
  readonly noise?: number;
  readonly light?: number;
  readonly brokenColour?: number;
  readonly marks?: MarkKind;
  readonly seed?: number;
  readonly device?: (typeof devices)[number];
  readonly threads?: number;
  readonly channels?: 'rgb' | 'bgr';
  readonly predictor?: string;
  readonly styleImage?: string;
  readonly out?: string;
}

export function addStylize(program: Command, cli: Cli): void {
  const { texts } = cli;
  const words = texts.stylize;
  newCommand(program, cli, 'stylize')
    .argument('<picture...>', words.pictures)
    .option('--style <name|file[=weight]>', words.style, collect)
    .option('--mask <style=file>', words.mask, collect)
    .option('--strength <0..1>', words.strength, numberFlag('--strength', 0, 1, texts))
    .option('--keep-colours [0..1]', words.keepColours, numberFlag('--keep-colours', 0, 1, texts))
    .option('--stroke <percent>', words.stroke, strokeFlag(texts))
    .option('--long-side <px>', words.longSide, wholeFlag('--long-side', 16, 100_000, texts))
    .option('--tile <px>', fill(words.tile, { tile: defaultTilePx }), wholeFlag('--tile', 64, 4096, texts))
    .option('--noise <0..1>', words.noise, numberFlag('--noise', 0, 1, texts))
    .option('--light <0..1>', words.light, numberFlag('--light', 0, 1, texts))
    .option('--broken-colour <0..1>', words.brokenColour, numberFlag('--broken-colour', 0, 1, texts))
    .option('--marks <kind>', words.marks, choiceFlag('--marks', markKinds, texts))
    .option('--seed <number>', words.seed, wholeFlag('--seed', 0, 2 ** 31 - 1, texts))
    .option('--device <device>', texts.device, choiceFlag('--device', devices, texts))
    .option('--threads <count>', texts.threads, wholeFlag('--threads', 1, 1024, texts))
    .option('--channels <rgb|bgr>', words.channels, choiceFlag('--channels', ['rgb', 'bgr'] as const, texts))
    .option('--predictor <file>', words.predictor)
    .option('--style-image <file>', words.styleImage)
    .option('-o, --out <file|folder>', words.out)
    .action(
      answering(cli, async (words: string[], flags: StylizeFlags) => {
        const batch = batchOf(cli, flags);
        return paint(cli, { ...batch, files: await filesOf(cli, words, flags.out, batch.mix) });
      }),
    );
}

/** The flags as a request. Throws usage.invalid where they contradict each other. */
function batchOf(cli: Cli, flags: StylizeFlags): Omit<BatchRequest, 'files'> {
  const mix = readMix(required('--style NAME|FILE', flags.style, cli.texts), flags.mask ?? [], cli.texts);
  checkPair(cli, mix, flags);
  return {
    mix,
    strength: flags.strength ?? plainPaint.strength,
    keepColours: flags.keepColours ?? plainPaint.keepColours,
    strokePercent: flags.stroke ?? plainPaint.strokePercent,
    longSidePx: flags.longSide,
    tilePx: flags.tile ?? defaultTilePx,
    noise: flags.noise ?? plainPaint.noise,
    light: flags.light ?? plainPaint.light,
    brokenColour: flags.brokenColour ?? plainPaint.brokenColour,
    ...(flags.marks && { marks: flags.marks }),
    seed: flags.seed ?? plainPaint.seed,
    device: flags.device ?? 'auto',
    threads: flags.threads,
    foreign: { channels: flags.channels, predictor: flags.predictor, styleImage: flags.styleImage },
  };
}

/** Sources and the places of their results. Throws usage.invalid | picture.missing | disk.*. */
async function filesOf(cli: Cli, words: readonly string[], out: string | undefined, mix: BatchRequest['mix']): Promise<PictureFile[]> {
  const { usage } = cli.texts;
  const pictures: string[] = [];
  for (const word of words) {
    const found = await picturesIn(word);
    if (found.length === 0) throw usageFault(usage.noPictures, { folder: basename(word) });
    pictures.push(...found);
  }
  if (out !== undefined && !(await meansFolder(out))) {
    if (!isWritableName(out)) throw usageFault(usage.outEnding, { file: basename(out) });
    if (pictures.length > 1) throw usageFault(usage.outFolder, { file: basename(out) });
  }
  const files = await placeResults(pictures, out, labelOf(mix.map(({ style }) => style)));
  const replaced = files.find((file) => pictures.some((picture) => resolve(picture) === resolve(file.out)));
  if (replaced) throw usageFault(usage.outIsSource, { file: basename(replaced.out) });
  return files;
}

function checkPair(cli: Cli, mix: BatchRequest['mix'], flags: StylizeFlags): void {
  const networks = mix.filter(({ style }) => /\.onnx$/i.test(style)).length;
  const half = (flags.predictor === undefined) !== (flags.styleImage === undefined);
  if (half || (flags.predictor !== undefined && networks !== 1)) throw usageFault(cli.texts.usage.pair);
  if (flags.channels !== undefined && networks === 0) throw usageFault(cli.texts.usage.channels);
}

async function paint(cli: Cli, request: BatchRequest): Promise<Answer> {
  const { stylizeFiles } = await import('../../../services/stylize/stylize-files.ts');
  const { report, texts, platform, signal } = cli;
  const items = await stylizeFiles(request, platform.folders, {
    signal,
    progress: (state) => report.progress(state),
    warn: (key, details) => report.warn(key, details),
    started: (picture, index, count) => {
      if (count > 1) report.note(fill(texts.stylize.painting, { index: index + 1, count, picture: basename(picture) }));
    },
  });
  const failed = items.filter(({ result }) => !result.ok).length;
  const tally = items.length > 1 ? [fill(texts.stylize.tally, { done: items.length - failed, failed })] : [];
  return { value: { pictures: items }, lines: [...items.map((item) => itemLine(cli, item)), ...tally], ok: failed === 0 };
}

function itemLine(cli: Cli, { picture, result }: BatchItem): string {
  const words = cli.texts.stylize;
  if (result.ok) return fill(words.done, { ...result.value, file: basename(result.value.file), seconds: result.value.seconds.toFixed(1) });
  const { sentence, remedy } = cli.report.wordsOf(result.fault);
  return fill(words.failed, { picture: basename(picture), sentence: `${sentence} ${remedy}` });
}
