// How the command line shows a teaching: its steps with losses and balance, its previews, its warnings.
import { basename } from 'node:path';
import type { JobProgress } from '../../contract/job.ts';
import type { TrainingMetrics } from '../../contract/training.ts';
import type { TeachWatch } from '../../services/teach/teach.ts';
import type { Cli } from './cli.ts';
import { fill } from './texts/texts.ts';

export function teachWatch(cli: Cli): TeachWatch {
  const { report, texts, signal } = cli;
  return {
    signal,
    // steps of training are told with their metrics
    progress: (state) => (state.stage === 'train' ? undefined : report.progress(state)),
    warn: (key, details) => report.warn(key, details),
    metrics: (metrics) => report.progress(progressOf(metrics), stepLine(cli, metrics)),
    preview: (file, depth) => report.note(fill(texts.teach.previewed, { depth, file: basename(file) })),
  };
}

function progressOf({ step, steps, depth, secondsLeft }: TrainingMetrics): JobProgress {
  return { stage: depth, done: step, total: steps, secondsLeft };
}

/** "paint · style 0.41 content 0.22 · D 0.53" */
function stepLine(cli: Cli, metrics: TrainingMetrics): string {
  // the total only sums up what stands beside it
  const losses = Object.entries(metrics.losses).filter(([name]) => name !== 'total').map(([name, value]) => `${name} ${value.toPrecision(3)}`);
  const accuracy = metrics.discriminatorAccuracy;
  const balance = accuracy === undefined ? [] : [`D ${accuracy.toFixed(2)}`];
  return [cli.texts.depths[metrics.depth], losses.slice(0, 4).join(' '), ...balance].join(' · ');
}
