// Which commands a few typed letters mean, best first.

export interface NamedCommand {
  /** In the language shown. */
  readonly name: string;
  readonly section: string;
  /** In English: its letters find a command in every language. */
  readonly other: string;
}

/** Beginnings of names first, then beginnings of words, then letters in order; as given where nothing is typed. */
export function rankCommands<T extends NamedCommand>(commands: readonly T[], query: string): T[] {
  const wanted = query.trim().toLowerCase();
  if (wanted === '') return [...commands];
  const ranked = commands.map((command, index) => ({ command, index, rank: Math.max(...[command.name, command.other, `${command.section} ${command.name}`].map((text) => rankOf(text.toLowerCase(), wanted))) }));
  return ranked.filter(({ rank }) => rank > 0).sort((a, b) => b.rank - a.rank || a.index - b.index).map(({ command }) => command);
}

function rankOf(text: string, wanted: string): number {
  if (text.startsWith(wanted)) return 4;
  if (text.split(/\s+/).some((word) => word.startsWith(wanted))) return 3;
  if (text.includes(wanted)) return 2;
  let at = -1;
  for (const letter of wanted.replaceAll(/\s/g, '')) {
    at = text.indexOf(letter, at + 1);
    if (at < 0) return 0;
  }
  return 1;
}
