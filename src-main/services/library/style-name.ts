// Names of styles: as files on every system, and as something a person may misspell.

const longest = 80;
const reservedOnWindows = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/** A name as a file's name that every system takes; '@' is left to versions. */
export function slugOf(name: string): string {
  const safe = name
    .normalize('NFC')
    // Control characters, separators and what Windows forbids.
    .replace(/[\p{Cc}\p{Cf}<>:"/\\|?*@]+/gu, '-')
    .replace(/^[.\s-]+|[.\s-]+$/g, '');
  const cut = [...safe].slice(0, longest).join('').trimEnd();
  if (!cut) return 'style';
  return reservedOnWindows.test(cut) ? `style-${cut}` : cut;
}

/** Whether a name can be a file's just as it is, on every system. */
export function isFileName(name: string): boolean {
  return slugOf(name) === name.normalize('NFC');
}

/** Names sorted by how little they differ from what was asked for. */
export function nearestFirst(asked: string, names: readonly string[]): string[] {
  const wanted = asked.toLowerCase().slice(0, longest);
  const ranked = names.map((name) => ({ name, edits: editsBetween(wanted, name.toLowerCase().slice(0, longest)) }));
  return ranked.sort((a, b) => a.edits - b.edits || a.name.localeCompare(b.name)).map(({ name }) => name);
}

/** Levenshtein distance. */
function editsBetween(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const swap = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(swap, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
