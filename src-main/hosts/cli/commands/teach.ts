// velatura teach: learns a style from one painting or several, through the depths, each usable at once.
import type { Command } from 'commander';
import type { PaintingCrops } from '../../../contract/teaching.ts';
import { markKinds, type MarkKind } from '../../../contract/style.ts';
import { depths, objectives, type Depth, type Objective } from '../../../contract/training.ts';
import type { TeachWishes } from '../../../services/teach/teach-request.ts';
import type { Answer } from '../answer.ts';
import type { Cli } from '../cli.ts';
import { answering, newCommand } from '../command.ts';
import { choiceFlag, collect, cropFlag, nameFlag, numberFlag, required, wholeFlag } from '../flags.ts';
import { teachWatch } from '../teach-watch.ts';
import { fill } from '../texts/texts.ts';
import { usageFault } from '../usage.ts';

/** The objective's usual name, and the form of it that trains well. */
const crossEntropy = 'cross-entropy';

interface TeachFlags {
  readonly name?: string;
  readonly crop?: PaintingCrops;
  readonly photos?: readonly string[];
  readonly mix?: true;
  readonly features?: string;
  readonly base?: string;
  readonly depth?: Depth;
  readonly seconds?: number;
  readonly steps?: number;
  readonly marks?: MarkKind;
  readonly styleWeight?: number;
  readonly contentWeight?: number;
  readonly learningRate?: number;
  readonly optimizer?: 'adam';
  readonly objective?: Objective | typeof crossEntropy;
  readonly seed?: number;
  readonly resume?: true;
  readonly continue?: string;
  readonly preview?: string;
  readonly out?: string;
  readonly library: boolean;
  readonly threads?: number;
}

export function addTeach(program: Command, cli: Cli): void {
  const { texts } = cli;
  const words = texts.teach;
  newCommand(program, cli, 'teach')
    .argument('<painting...>', words.paintings)
    .option('--name <name>', words.name, nameFlag(texts))
    .option('--crop <X,Y,WxH|auto>', words.crop, cropFlag(texts))
    .option('--photos <folder>', words.photos, collect)
    .option('--mix', words.mix)
    .option('--features <file>', texts.features)
    .option('--base <file|none>', words.base)
    .option('--depth <depth>', words.depth, choiceFlag('--depth', depths, texts))
    .option('--seconds <count>', words.seconds, numberFlag('--seconds', 1, 604_800, texts))
    .option('--steps <count>', words.steps, wholeFlag('--steps', 1, 10_000_000, texts))
    .option('--marks <kind>', words.marks, choiceFlag('--marks', markKinds, texts))
    .option('--style-weight <factor>', words.styleWeight, numberFlag('--style-weight', 0, 1000, texts))
    .option('--content-weight <factor>', words.contentWeight, numberFlag('--content-weight', 0, 1000, texts))
    .option('--learning-rate <factor>', words.learningRate, numberFlag('--learning-rate', 0.0001, 1000, texts))
    .option('--optimizer <name>', words.optimizer, choiceFlag('--optimizer', ['adam'] as const, texts))
    .option('--objective <name>', words.objective, choiceFlag('--objective', [crossEntropy, ...objectives] as const, texts))
    .option('--seed <number>', words.seed, wholeFlag('--seed', 0, 2 ** 31 - 1, texts))
    .option('--resume', words.resume)
    .option('--continue <style>', words.continue)
    .option('--preview <photo>', words.preview)
    .option('-o, --out <folder>', words.out)
    .option('--no-library', words.noLibrary)
    .option('--threads <count>', texts.threads, wholeFlag('--threads', 1, 1024, texts))
    .action(answering(cli, (paintings: string[], flags: TeachFlags) => teachStyle(cli, wishesOf(cli, paintings, flags), flags.library)));
}

/** The flags as wishes. Throws usage.invalid where they contradict each other. */
function wishesOf(cli: Cli, paintings: readonly string[], flags: TeachFlags): TeachWishes {
  const { usage } = cli.texts;
  if (flags.seconds !== undefined && flags.steps !== undefined) throw usageFault(usage.timeOrSteps);
  if (flags.depth === 'sketch' && flags.base === 'none' && flags.continue === undefined) throw usageFault(usage.sketchNeedsBase);
  if (flags.mix && !flags.photos) throw usageFault(usage.mixNeedsPhotos);
  if (paintings.length > 1 && typeof flags.crop === 'object') throw usageFault(usage.cropOfOne);
  const { continue: continueStyle, library: _library, optimizer: _optimizer, objective, ...same } = flags;
  return {
    ...same,
    name: required('--name NAME', flags.name, cli.texts),
    paintings: [...paintings],
    objective: objective === crossEntropy ? 'non-saturating' : objective,
    continueStyle,
  };
}

async function teachStyle(cli: Cli, wishes: TeachWishes, addToLibrary: boolean): Promise<Answer> {
  const [{ teach }, { teachRequest }] = await Promise.all([import('../../../services/teach/teach.ts'), import('../../../services/teach/teach-request.ts')]);
  const { texts, platform } = cli;
  const request = await teachRequest(wishes, platform.folders, process.env);
  const outcome = await teach(request, { addToLibrary }, platform, teachWatch(cli));
  return { value: outcome, lines: [fill(texts.teach.done, { name: request.name, file: outcome.preset, marks: outcome.marks })] };
}
