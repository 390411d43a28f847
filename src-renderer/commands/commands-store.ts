// Every command of the window: registered by who can do it, found by menus, palette and keys.
import { defineStore } from 'pinia';
import { computed, shallowRef } from 'vue';
import { useSettings } from '../settings/settings-store.ts';
import { useNotices } from '../shell/notices-store.ts';
import { chordInWords, chordOf, type KeyPress } from './chord.ts';
import type { Command, FixedKeys } from './command.ts';

/** Keys that a text field needs for itself. */
const fieldChords = /^(Mod\+(Shift\+)?[ZYXCVA]|(Shift\+|Alt\+)*[^+]+)$/;

/** Commands that change the document: an undo that waits for a stroke is not overtaken by what comes after it. */
const inTurn = /^(edit\.(?!settings)|layer\.(?!rename)|select\.)/;

export const useCommands = defineStore('commands', () => {
  const settings = useSettings();
  const notices = useNotices();
  const isMac = /Mac/.test(navigator.platform);
  /** A change that is under way. */
  let turn: Promise<void> | undefined;
  const commands = shallowRef<ReadonlyMap<string, Command>>(new Map());
  /** By their words. */
  const fixed = shallowRef<ReadonlyMap<string, FixedKeys>>(new Map());

  function register(list: readonly Command[]): void {
    commands.value = new Map([...commands.value, ...list.map((command) => [command.id, command] as const)]);
  }

  function registerFixed(list: readonly FixedKeys[]): void {
    fixed.value = new Map([...fixed.value, ...list.map((keys) => [keys.words, keys] as const)]);
  }

  /** The artist's own chord, else those by default. */
  function chordsOf(id: string): readonly string[] {
    const own = settings.settings.shortcuts?.[id];
    if (own !== undefined) return own === '' ? [] : [own];
    const keys = commands.value.get(id)?.keys ?? [];
    return typeof keys === 'string' ? [keys] : keys;
  }

  /** As shown beside its name; '' where it has none. */
  function keysOf(id: string): string {
    const [chord] = chordsOf(id);
    return chord === undefined ? '' : chordInWords(chord, isMac);
  }

  const byChord = computed(() => {
    const found = new Map<string, string>();
    for (const id of commands.value.keys()) for (const chord of chordsOf(id)) if (!found.has(chord)) found.set(chord, id);
    return found;
  });

  const isEnabled = (id: string): boolean => commands.value.get(id)?.enabled?.() ?? commands.value.has(id);

  /** What fails is told; true where it was run. What changes the document waits for the change before it. */
  async function run(id: string): Promise<boolean> {
    const waits = inTurn.test(id);
    while (waits && turn) await turn;
    if (!isEnabled(id)) return false;
    const going = attempt(id).finally(() => {
      if (turn === going) turn = undefined;
    });
    if (waits) turn = going;
    await going;
    return true;
  }

  async function attempt(id: string): Promise<void> {
    try {
      await commands.value.get(id)?.run();
    } catch (thrown) {
      notices.fault(thrown);
    }
  }

  /** The command of a key press; `inField`: a text field has the focus and keeps its own keys. */
  function commandOf(press: KeyPress, inField: boolean): string | undefined {
    const chord = chordOf(press, isMac);
    if (chord === undefined || (inField && fieldChords.test(chord) && !/^F\d+$/.test(chord))) return undefined;
    return byChord.value.get(chord);
  }

  function isOwnChord(chord: string): boolean {
    const id = byChord.value.get(chord);
    return id !== undefined && settings.settings.shortcuts?.[id] === chord;
  }

  /** Whether the artist has given these keys to a command: nothing else hears them then. */
  function isOwn(press: KeyPress): boolean {
    const chord = chordOf(press, isMac);
    return chord !== undefined && isOwnChord(chord);
  }

  /** As the table of keys shows them; '' where the artist has given them to a command. */
  const fixedKeysOf = ({ keys }: FixedKeys): string => (isOwnChord(keys) ? '' : chordInWords(keys, isMac));

  /** '' takes the keys away, undefined gives the standard ones back; another command that had them loses them. */
  function setChord(id: string, chord: string | undefined): Promise<void> {
    const { [id]: _, ...others } = settings.settings.shortcuts ?? {};
    const loser = chord ? byChord.value.get(chord) : undefined;
    const taken = loser !== undefined && loser !== id ? { [loser]: '' } : {};
    return settings.change({ shortcuts: { ...others, ...taken, ...(chord === undefined ? {} : { [id]: chord }) } });
  }

  return { commands, fixed, isMac, byChord, register, registerFixed, keysOf, fixedKeysOf, chordsOf, isEnabled, run, commandOf, isOwn, setChord };
});
