// The artist's folder as windows see it.

/** Where everything of the artist's is kept. */
export interface HomeState {
  readonly folder: string;
  /** Who says so: VELATURA_HOME, which no choice overrules, the artist, or nobody. */
  readonly from: 'variable' | 'chosen' | 'standard';
  /** From the next start on, where it is another. */
  readonly next?: string;
  /** It was copied to `next` and stays here as it was; until the next start nothing is changed any more. */
  readonly left?: string;
}

/** A folder that could be the artist's. */
export interface HomeFinding {
  readonly folder: string;
  /** `home`: a studio has kept its things there before. */
  readonly holds: 'nothing' | 'home';
}
