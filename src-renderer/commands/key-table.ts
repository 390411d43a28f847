// Whose keys are whose: the artist's own before those by default, and what else has keys that a command is to get.
import { computed, type Ref } from 'vue';
import type { useSettings } from '../settings/settings-store.ts';
import type { Command, FixedKeys } from './command.ts';

export interface KeyTableParts {
  readonly commands: Readonly<Ref<ReadonlyMap<string, Command>>>;
  readonly fixed: Readonly<Ref<ReadonlyMap<string, FixedKeys>>>;
  readonly settings: Pick<ReturnType<typeof useSettings>, 'settings' | 'change'>;
}

export function createKeyTable({ commands, fixed, settings }: KeyTableParts) {
  function standardOf(id: string): readonly string[] {
    const keys = commands.value.get(id)?.keys ?? [];
    return typeof keys === 'string' ? [keys] : keys;
  }

  /** The artist's own chord, else those by default. */
  function chordsOf(id: string): readonly string[] {
    const own = settings.settings.shortcuts?.[id];
    if (own !== undefined) return own === '' ? [] : [own];
    return standardOf(id);
  }

  const byChord = computed(() => {
    const found = new Map<string, string>();
    for (const id of commands.value.keys()) for (const chord of chordsOf(id)) if (!found.has(chord)) found.set(chord, id);
    return found;
  });

  function isOwnChord(chord: string): boolean {
    const id = byChord.value.get(chord);
    return id !== undefined && settings.settings.shortcuts?.[id] === chord;
  }

  /** Keys that a command would get, as setChord. */
  const wantedBy = (id: string, chord: string | undefined): readonly string[] => (chord === undefined ? standardOf(id) : chord === '' ? [] : [chord]);
  const losersTo = (id: string, wanted: readonly string[]): string[] => [...new Set(wanted.flatMap((keys) => byChord.value.get(keys) ?? []))].filter((other) => other !== id);

  /** Locale keys of what else has keys that a command would get, as setChord. */
  function holdersOf(id: string, chord: string | undefined): string[] {
    const wanted = wantedBy(id, chord);
    const others = losersTo(id, wanted).flatMap((other) => commands.value.get(other)?.words ?? []);
    const held = [...fixed.value.values()].filter(({ keys }) => wanted.some((one) => isAmong(keys, one) && !isOwnChord(one)));
    return [...others, ...held.map(({ words }) => words)];
  }

  /** '' takes the keys away, undefined gives the standard ones back; another command that had them keeps what else it has. */
  function setChord(id: string, chord: string | undefined): Promise<void> {
    const { [id]: _, ...others } = settings.settings.shortcuts ?? {};
    const wanted = wantedBy(id, chord);
    const left = losersTo(id, wanted).map((loser) => [loser, chordsOf(loser).find((keys) => !wanted.includes(keys)) ?? ''] as const);
    return settings.change({ shortcuts: { ...others, ...Object.fromEntries(left), ...(chord === undefined ? {} : { [id]: chord }) } });
  }

  return { byChord, standardOf, chordsOf, isOwnChord, holdersOf, setChord };
}

/** Whether a chord is one of some fixed keys, which may be a row of them: "0 … 9". */
function isAmong(keys: string, chord: string): boolean {
  const [first = '', last] = keys.split(' … ');
  return last === undefined ? keys === chord : chord.length === 1 && chord >= first && chord <= last;
}
