// Step → share of the learning rate.

/** Steps over which a phase's rate rises from nothing. */
const warmUpSteps = 50;
/** Share of the rate that is left at the end of a phase. */
const finalShare = 0.1;

/** Factor on the rate at a step of a phase counted from 0: linear warm-up, then linear fall to a tenth. */
export function rateShare(step: number, steps: number): number {
  const rise = Math.min(1, (step + 1) / Math.min(warmUpSteps, Math.max(1, steps / 4)));
  return rise * (1 - (1 - finalShare) * (step / Math.max(1, steps)));
}
