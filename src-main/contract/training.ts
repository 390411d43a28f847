// A training run as data: the recipe that repeats it, and what it reports while it runs.

/** How far a style is taught (DESIGN 4.1): the code over a frozen base; all weights; all weights with a discriminator. */
export const depths = ['sketch', 'refine', 'paint'] as const;
export type Depth = (typeof depths)[number];

/** Adversarial objectives: Goodfellow 2014 (minimax and non-saturating), Mao 2017, Lim & Ye 2017. */
export const objectives = ['minimax', 'non-saturating', 'least-squares', 'hinge'] as const;
export type Objective = (typeof objectives)[number];

/** Weight of each loss term in the objective of one phase. */
export interface LossWeights {
  readonly content: number;
  /** Light and dark at the painting's contrast; where absent only their order is held, as a part of `content`. */
  readonly tone?: number | undefined;
  /** Differences of colour, by the painting's own spread; nothing is held where absent. */
  readonly chroma?: number | undefined;
  readonly style: number;
  /** Roughness where the painting's places of the same rank have it; nothing is held where absent. */
  readonly roughness?: number | undefined;
  readonly smoothness: number;
  readonly lattice: number;
  readonly adversarial: number;
  readonly identity: number;
  /** R1 gradient penalty γ/2 on real patches (Mescheder 2018); 0 leaves it out of the graph. */
  readonly r1: number;
}

/** Terms of the objective that a style of a joint training may weigh for itself. */
export const lossTerms = ['content', 'tone', 'chroma', 'style', 'roughness', 'smoothness', 'lattice', 'adversarial', 'identity'] as const;
export type LossTerm = (typeof lossTerms)[number];

/** Factors on the terms of the objective while one style of the table is taught; 1 where absent. */
export type Emphasis = Readonly<Partial<Record<LossTerm, number>>>;

/** One depth of a run. Rates fall linearly to a tenth over the phase after 50 warm-up steps. */
export interface Phase {
  readonly depth: Depth;
  readonly steps: number;
  /** Steps over which the rates would fall; `steps` where absent. */
  readonly rateSteps?: number | undefined;
  readonly generatorRate: number;
  readonly codeRate: number;
  readonly discriminatorRate: number;
  readonly weights: LossWeights;
  /** Share of a fitting part of the painting, beside the whole of it, in what a crop aims at; 0 where absent. */
  readonly regional?: number | undefined;
  /** Picture px per crop px, log-uniformly from the least to the most; 1 to 1.75 where absent. */
  readonly contentScale?: readonly [number, number] | undefined;
}

/** How far back statistics are averaged, in crops, and the weight of each crop by itself beside 1 of the mean. */
export interface StyleMemory {
  readonly crops: number;
  readonly own: number;
}

/** Everything a run depends on; equal recipes on the same machine give equal bytes. */
export interface TrainingRecipe {
  readonly formatVersion: 1;
  readonly name: string;
  /** Content hashes in order, never paths; one for each crop of a painting, followed by it, X,Y,WxH; `own` stands for pictures mixed in. */
  readonly paintings: readonly string[];
  readonly photos: readonly string[];
  /** Hash of the base generator, or 'none' (starts from the identity generator). */
  readonly base: string;
  readonly features: string;
  readonly seed: number;
  readonly objective: Objective;
  /** Side of a training crop in px; losses are taken on its centre, cropPx − 2·marginPx. */
  readonly cropPx: number;
  readonly marginPx: number;
  /** Long side in px to which paintings are scaled: the stroke size that is learned. */
  readonly styleSizePx: number;
  /** Reductions of result and painting at which style is compared: 2 for strokes twice as large; 1 and 2 where absent. */
  readonly styleScales?: readonly number[];
  /** Shares of those reductions in the style term; equal where absent. */
  readonly styleScaleShares?: readonly number[];
  /** The style's statistics are compared as their mean over about so many crops, and `own` times for each; each by itself where absent. */
  readonly styleMemory?: StyleMemory | undefined;
  /** Largest gain of the last layer by which contrast is brought to the painting's at the end; left as it is where absent. */
  readonly contrastGain?: number;
  /** Per style of a joint training, in the table's order. */
  readonly emphases?: readonly Emphasis[];
  readonly phases: readonly Phase[];
  readonly checkpointEvery: number;
  /** Runtime the bits are promised for. */
  readonly environment: { readonly runtime: string; readonly cpu: string; readonly threads: number; readonly provider: string };
}

/** One step's report. Losses are per-style normalised, so that numbers compare between paintings. */
export interface TrainingMetrics {
  readonly step: number;
  readonly steps: number;
  readonly depth: Depth;
  readonly losses: Readonly<Record<string, number>>;
  /** Balance of the two networks: D's mean accuracy on real and painted patches, 0.5 = it cannot tell. */
  readonly discriminatorAccuracy?: number;
  /** True where the winner's update was skipped in this step. */
  readonly skipped?: 'generator' | 'discriminator';
  readonly gradientNorm: number;
  readonly stepMs: number;
  /** Absent until it can be told. */
  readonly secondsLeft?: number;
}
