// velatura evaluate: measures a painted picture against its source and its style.
import type { Command } from 'commander';
import type { EvaluateReport } from '../../../services/evaluate.ts';
import type { Cli } from '../cli.ts';
import { columns } from '../columns.ts';
import { answering, newCommand } from '../command.ts';
import { collect, required, wholeFlag } from '../flags.ts';
import { fill } from '../texts/texts.ts';

interface EvaluateFlags {
  readonly content?: string;
  readonly style?: readonly string[];
  readonly result?: string;
  readonly preset?: string;
  readonly features?: string;
  readonly threads?: number;
}

export function addEvaluate(program: Command, cli: Cli): void {
  const { texts, report, signal } = cli;
  const words = texts.evaluate;
  newCommand(program, cli, 'evaluate')
    .option('--content <picture>', words.content)
    .option('--style <picture>', words.style, collect)
    .option('--result <picture>', words.result)
    .option('--preset <style>', words.preset)
    .option('--features <file>', texts.features)
    .option('--threads <count>', texts.threads, wholeFlag('--threads', 1, 1024, texts))
    .action(
      answering(cli, async (flags: EvaluateFlags) => {
        const request = {
          content: required('--content PICTURE', flags.content, texts),
          style: required('--style PICTURE', flags.style, texts),
          result: required('--result PICTURE', flags.result, texts),
          preset: flags.preset,
          features: flags.features,
          threads: flags.threads,
        };
        const { evaluate } = await import('../../../services/evaluate.ts');
        const measured = await evaluate(request, {
          signal,
          progress: (state) => report.progress(state),
          warn: (key, details) => report.warn(key, details),
        });
        return { value: measured, lines: tableOf(cli, measured) };
      }),
    );
}

/** Figures with what they mean, the photograph's own style match beside the result's. */
function tableOf(cli: Cli, report: EvaluateReport): string[] {
  const { rows } = cli.texts.evaluate;
  const figure = (value: number): string => value.toFixed(3);
  const { contentKept, styleMatch, colourShift, realism } = report;
  return columns([
    [rows.content, figure(contentKept.featureDistance), rows.contentMeans],
    [rows.structure, figure(contentKept.ssim), rows.structureMeans],
    ...styleMatch.map((row) => [
      fill(rows.style, { scale: rows.scales[row.scale], px: row.longSidePx }),
      figure(row.gram),
      fill(rows.styleMeans, { photo: figure(row.photo.gram) }),
    ]),
    [rows.colour, colourShift.toFixed(1), rows.colourMeans],
    ...(realism ? [[rows.realism, figure(realism.result), fill(rows.realismMeans, { photo: figure(realism.photo), style: figure(realism.style) })]] : []),
  ]);
}
