// Keys pressed together, as text: "Mod+Shift+Z". Mod is Ctrl, on a Mac ⌘.

export interface KeyPress {
  readonly key: string;
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

const modifierKeys: ReadonlySet<string> = new Set(['Control', 'Shift', 'Alt', 'Meta', 'AltGraph', 'CapsLock', 'Dead', 'Process']);
const spoken: Readonly<Record<string, string>> = { ' ': 'Space', '+': 'Plus', Esc: 'Escape', Del: 'Delete' };
const macSigns: Readonly<Record<string, string>> = { Mod: '⌘', Shift: '⇧', Alt: '⌥', Ctrl: '⌃', Delete: '⌫', Escape: 'esc', Enter: '↩' };
const arrows: Readonly<Record<string, string>> = { ArrowUp: '↑', ArrowDown: '↓', ArrowLeft: '←', ArrowRight: '→', Plus: '+' };

/** The letter or digit of the place on the keyboard, where the key itself gives none: other scripts, an input method. */
function keyOfCode(code: string): string | undefined {
  return /^(?:Key|Digit)(\w)$/.exec(code)?.[1];
}

/** The chord of a key press; undefined while only modifiers are held. */
export function chordOf(press: KeyPress, isMac: boolean): string | undefined {
  const { key, code, shiftKey, altKey, ctrlKey, metaKey } = press;
  const plain = /^[\x21-\x7e]$/.test(key) ? key.toUpperCase() : (keyOfCode(code) ?? spoken[key] ?? key);
  const name = spoken[plain] ?? plain;
  if (modifierKeys.has(name)) return undefined;
  const isSign = /^[^A-Z0-9]$/.test(name) || name === 'Plus'; // Shift is already in "?".
  const mod = isMac ? metaKey : ctrlKey;
  const parts = [mod && 'Mod', isMac && ctrlKey && 'Ctrl', altKey && 'Alt', shiftKey && !isSign && 'Shift', name];
  return parts.filter(Boolean).join('+');
}

/** A chord as the artist's keyboard shows it. */
export function chordInWords(chord: string, isMac: boolean): string {
  const parts = chord.split('+').map((part) => arrows[part] ?? part);
  if (isMac) return parts.map((part) => macSigns[part] ?? part).join('');
  return parts.map((part) => (part === 'Mod' ? 'Ctrl' : part === 'Delete' ? 'Del' : part)).join('+');
}
