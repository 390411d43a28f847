// velatura train: repeats the training of a network that ships, from its recipe; checkpointed and resumable.
import { basename, extname, resolve } from 'node:path';
import type { Command } from 'commander';
import type { Answer } from '../answer.ts';
import type { Cli } from '../cli.ts';
import { answering, newCommand } from '../command.ts';
import { wholeFlag } from '../flags.ts';
import { fill } from '../texts/texts.ts';

interface TrainFlags {
  readonly data?: string;
  readonly out?: string;
  readonly resume?: true;
  readonly threads?: number;
}

const defaultData = '../shared/data';

export function addTrain(program: Command, cli: Cli): void {
  const { texts } = cli;
  const words = texts.train;
  newCommand(program, cli, 'train')
    .argument('<recipe>', words.recipe)
    .option('--data <folder>', words.data)
    .option('-o, --out <folder>', words.out)
    .option('--resume', words.resume)
    .option('--threads <count>', texts.threads, wholeFlag('--threads', 1, 1024, texts))
    .action(answering(cli, (recipe: string, flags: TrainFlags) => trainOne(cli, recipe, flags)));
}

async function trainOne({ report, texts, platform, signal }: Cli, recipe: string, flags: TrainFlags): Promise<Answer> {
  const { trainModel } = await import('../../../services/model-training/model-training.ts');
  const name = basename(recipe, extname(recipe));
  const folders = {
    data: resolve(flags.data ?? defaultData),
    models: resolve(platform.folders.resources, 'models'),
    out: resolve(flags.out ?? `${name}.training`),
  };
  const options = { provider: 'cpu', threads: flags.threads ?? 1, resume: flags.resume ?? false } as const;
  const model = await trainModel(recipe, folders, options, {
    signal,
    metrics: ({ step, steps, depth, secondsLeft }) => report.progress({ stage: depth, done: step, total: steps, secondsLeft }),
    note: (text) => report.note(text),
  });
  return { value: model, lines: [fill(texts.train.done, { name, steps: model.steps, file: model.preset })] };
}
