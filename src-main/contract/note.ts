// A sentence for the artist that is no failure, as data.

/** By message key; words under warnings of contract/messages. */
export interface Note {
  readonly key: string;
  readonly details?: Readonly<Record<string, string | number>>;
}
