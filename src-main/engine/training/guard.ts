// Watches a run: keeps the two networks in balance, and tells when training has left the road.

/** Steps over which the discriminator's accuracy is judged. */
const accuracyWindow = 200;
/** Mean accuracies outside are no game any more. */
const [lostBelow, wonAbove] = [0.02, 0.98];
/** A norm this many times its running mean has exploded. */
const explosion = 200;
/** Balance: the winner pauses outside this band of smoothed accuracy. */
const [leadBelow, leadAbove] = [0.35, 0.85];
const smoothing = 0.9;
/** Steps before norms are judged. */
const settlingSteps = 30;

/** Roll-backs in one phase before the run is given up. */
export const mostRollBacks = 3;
/** Rates after a roll-back. */
export const rollBackFactor = 0.5;

/** All the guard remembers, plain data for a checkpoint. */
export interface GuardState {
  readonly accuracies: readonly number[];
  readonly smoothedAccuracy: number;
  readonly meanNorm: number;
  readonly judged: number;
}

export const freshGuard: GuardState = { accuracies: [], smoothedAccuracy: 0.5, meanNorm: 0, judged: 0 };

export type Winner = 'generator' | 'discriminator';
export type Divergence = 'not-a-number' | 'exploding-gradient' | 'discriminator-won' | 'generator-won';

export interface Verdict {
  readonly state: GuardState;
  readonly divergence?: Divergence;
}

/** Who is so far ahead that its next update is skipped. */
export function winnerOf({ smoothedAccuracy }: GuardState): Winner | undefined {
  if (smoothedAccuracy > leadAbove) return 'discriminator';
  return smoothedAccuracy < leadBelow ? 'generator' : undefined;
}

/** Takes in one step's losses by name (`accuracy` where there is a game, norms as `norm.GROUP`). */
export function judge(state: GuardState, losses: Readonly<Record<string, number>>): Verdict {
  const norm = losses['norm.weights'] ?? losses['norm.code'] ?? 0;
  if (Object.values(losses).some((value) => !Number.isFinite(value))) return { state, divergence: 'not-a-number' };
  if (state.judged > settlingSteps && norm > explosion * state.meanNorm) return { state, divergence: 'exploding-gradient' };
  const { accuracy } = losses;
  const accuracies = accuracy === undefined ? state.accuracies : [...state.accuracies.slice(1 - accuracyWindow), accuracy];
  const next: GuardState = {
    accuracies,
    smoothedAccuracy: accuracy === undefined ? state.smoothedAccuracy : smoothing * state.smoothedAccuracy + (1 - smoothing) * accuracy,
    meanNorm: state.judged === 0 ? norm : smoothing * state.meanNorm + (1 - smoothing) * norm,
    judged: state.judged + 1,
  };
  return { state: next, divergence: gameOver(accuracies) };
}

function gameOver(accuracies: readonly number[]): Divergence | undefined {
  if (accuracies.length < accuracyWindow) return undefined;
  const mean = accuracies.reduce((sum, value) => sum + value, 0) / accuracies.length;
  if (mean > wonAbove) return 'discriminator-won';
  return mean < lostBelow ? 'generator-won' : undefined;
}
