// What a gallery says of a style: the painting behind it, in every language, and how well it does.
import type { Language } from './messages/message.ts';

/** Words in every language. */
export type Worded = Readonly<Record<Language, string>>;

/** What a style can be looked for by. */
export const styleTags = [
  'impasto',
  'woodcut',
  'ink',
  'wash',
  'drawing',
  'pointillism',
  'flat',
  'watercolour',
  'oil',
  'black-and-white',
  'impressionism',
  'post-impressionism',
  'expressionism',
  'fauvism',
  'cubism',
  'abstract',
  'landscape',
  'seascape',
  'portrait',
  'still-life',
  'night',
] as const;
export type StyleTag = (typeof styleTags)[number];

/** A figure and the network that judged it. */
export interface StyleMeter {
  readonly value: number;
  readonly judge: string;
}

/** Means over the photographs they were measured on. */
export interface StyleMeters {
  /** Relative Gram distance; 1 is as close as the painting is to itself. */
  readonly styleMatch?: StyleMeter;
  /** Distance of normalised features to the photograph: 0 the same, 2 unrelated. */
  readonly contentKept?: StyleMeter;
  /** ΔE2000 to the photograph. */
  readonly colourShift?: StyleMeter;
}

/** The card of a shipped style. */
export interface StyleCard {
  readonly title: Worded;
  readonly painter: Worded;
  /** Year of death. */
  readonly painterDied: number;
  /** When it was painted, as text: "1888–89", "c. 1831"; in English where it holds words. */
  readonly year: string;
  /** The same where it holds words. */
  readonly yearWords?: Worded;
  readonly heldAt: Worded;
  readonly medium: Worded;
  /** Of styleTags; those of a newer program are kept. */
  readonly tags: readonly string[];
  /** Where the scan came from that was learned, and what is known of it. */
  readonly source: string;
  /** Whether pictures made with the style may be sold, as a sentence. */
  readonly sale: Worded;
  readonly meters?: StyleMeters;
}

/** When it was painted, in a language. */
export function yearOf({ year, yearWords }: Pick<StyleCard, 'year' | 'yearWords'>, language: Language): string {
  return yearWords?.[language] ?? year;
}
