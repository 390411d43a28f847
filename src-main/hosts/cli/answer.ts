// What a command answers with.

/** The outcome of a command: data for --json, lines for people; ok false where a part of a batch failed. */
export interface Answer {
  readonly value: unknown;
  readonly lines: readonly string[];
  readonly ok?: boolean;
}
