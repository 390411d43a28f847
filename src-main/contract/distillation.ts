// The training of the perceptual network as data: what repeats it.

/** Weight of each term of the objective; all are relative to the imitated network's own size. */
export interface DistillationWeights {
  /** Squared difference of the maps at every depth, per channel. */
  readonly map: number;
  /** Squared difference of the Gram matrices: what style losses see. */
  readonly style: number;
  /** Difference of instance-normalised fire3: what content losses see. */
  readonly content: number;
}

/** A stretch of the training. The rate falls linearly to a tenth over it, after 50 warm-up steps. */
export interface DistillationPhase {
  readonly steps: number;
  readonly rate: number;
  /** Whether every module reads the imitated network's maps instead of the student's own. */
  readonly guided: boolean;
  /** Crops per step. */
  readonly batch: number;
  /** The layers that are compared; what none of them needs rests. All where absent. */
  readonly layers?: readonly string[] | undefined;
  readonly weights: DistillationWeights;
}

/** Everything the training depends on; equal recipes, pictures and machines give equal bytes. */
export interface DistillationRecipe {
  readonly formatVersion: 1;
  readonly kind: 'features';
  readonly name: string;
  readonly seed: number;
  /** Channels that fire2, fire3, fire4 and fire5 squeeze to. */
  readonly squeezes: readonly [number, number, number, number];
  /** Side of a crop in px, even. */
  readonly cropPx: number;
  /** Memory of the average that is kept, as a decay per step. */
  readonly decay: number;
  readonly checkpointEvery: number;
  readonly phases: readonly DistillationPhase[];
}
