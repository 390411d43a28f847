// What the window can be told to do: one record for menus, palette, shortcut sheet and keys.

/** Sections of the palette and the shortcut sheet, in this order; words under commands.sections. */
export const commandSections = ['file', 'edit', 'select', 'layer', 'tool', 'style', 'view', 'window', 'help'] as const;
export type CommandSection = (typeof commandSections)[number];

/** Keys that are no command's and stay as they are. */
export interface FixedKeys {
  /** Locale key of what they do. */
  readonly words: string;
  readonly section: CommandSection;
  /** As a command's; the artist may give them to one, which then has them. */
  readonly keys: string;
  /** For as long as they are down. */
  readonly isHeld: boolean;
}

export interface Command {
  /** section.name, for example "layer.duplicate". */
  readonly id: string;
  /** Locale key of its name. */
  readonly words: string;
  readonly section: CommandSection;
  /** Keys by default, as chord.ts writes them: "Mod+Shift+Z", "F2", "[". Several: any of them. */
  readonly keys?: string | readonly string[];
  /** What it acts on, which must be open and to be seen: the document wherever it is shown, or its canvas. Absent: neither. */
  readonly on?: 'document' | 'canvas';
  /** Absent: always. */
  readonly enabled?: () => boolean;
  /** For what is on or off. */
  readonly checked?: () => boolean;
  readonly run: () => unknown;
}
