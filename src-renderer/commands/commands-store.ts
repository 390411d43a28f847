// Every command of the window: registered by who can do it, found by menus, palette and keys.
import { defineStore } from 'pinia';
import { shallowRef } from 'vue';
import { useDocument } from '../document/document-store.ts';
import { useWaitingStep } from '../document/waiting-step.ts';
import { useSettings } from '../settings/settings-store.ts';
import { useNotices } from '../shell/notices-store.ts';
import { useShell } from '../shell/shell-store.ts';
import { chordInWords, chordOf, type KeyPress } from './chord.ts';
import type { Command, FixedKeys } from './command.ts';
import { createKeyTable } from './key-table.ts';

/** Keys that a text field needs for itself. */
const fieldChords = /^(Mod\+(Shift\+)?[ZYXCVA]|(Shift\+|Alt\+)*[^+]+)$/;

/** Commands that change the document: an undo that waits for a stroke is not overtaken by what comes after it. */
const inTurn = /^(edit\.(?!settings)|layer\.(?!rename)|select\.)/;

export const useCommands = defineStore('commands', () => {
  const document = useDocument();
  const settings = useSettings();
  const shell = useShell();
  const notices = useNotices();
  const waiting = useWaitingStep();
  const isMac = /Mac/.test(navigator.platform);
  /** A change that is under way. */
  let turn: Promise<void> | undefined;
  const commands = shallowRef<ReadonlyMap<string, Command>>(new Map());
  /** By their words. */
  const fixed = shallowRef<ReadonlyMap<string, FixedKeys>>(new Map());
  const keys = createKeyTable({ commands, fixed, settings });

  function register(list: readonly Command[]): void {
    commands.value = new Map([...commands.value, ...list.map((command) => [command.id, command] as const)]);
  }

  function registerFixed(list: readonly FixedKeys[]): void {
    fixed.value = new Map([...fixed.value, ...list.map((each) => [each.words, each] as const)]);
  }

  /** As shown beside its name; '' where it has none. */
  function keysOf(id: string): string {
    const [chord] = keys.chordsOf(id);
    return chord === undefined ? '' : chordInWords(chord, isMac);
  }

  /** Nothing is done to a document that nobody sees. */
  const isInSight = (on: 'document' | 'canvas'): boolean => document.record !== undefined && (on === 'canvas' ? shell.showsCanvas : shell.showsDocument);

  function isEnabled(id: string): boolean {
    const command = commands.value.get(id);
    return command !== undefined && (command.on === undefined || isInSight(command.on)) && (command.enabled?.() ?? true);
  }

  /** What fails is told; true where it was run. What changes the document waits for the change before it. */
  async function run(id: string): Promise<boolean> {
    if (id === 'edit.undo' && waiting.callOff()) return true; // It was to be the last step.
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
    return keys.byChord.value.get(chord);
  }

  /** Whether the artist has given these keys to a command: nothing else hears them then. */
  function isOwn(press: KeyPress): boolean {
    const chord = chordOf(press, isMac);
    return chord !== undefined && keys.isOwnChord(chord);
  }

  /** As the table of keys shows them; '' where the artist has given them to a command. */
  const fixedKeysOf = ({ keys: chord }: FixedKeys): string => (keys.isOwnChord(chord) ? '' : chordInWords(chord, isMac));

  const { byChord, chordsOf, standardOf, holdersOf, setChord } = keys;
  return { commands, fixed, isMac, byChord, register, registerFixed, keysOf, fixedKeysOf, chordsOf, standardOf, isEnabled, run, commandOf, isOwn, holdersOf, setChord };
});
