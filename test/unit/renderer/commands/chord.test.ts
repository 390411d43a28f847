// Keys pressed together, as text: the same on every keyboard.
import { describe, expect, test } from 'vitest';
import { chordInWords, chordOf, type KeyPress } from '../../../../src-renderer/commands/chord.ts';

const press = (key: string, held: string = '', code = ''): KeyPress => ({
  key, code, ctrlKey: held.includes('c'), metaKey: held.includes('m'), altKey: held.includes('a'), shiftKey: held.includes('s'),
});

describe('a chord', () => {
  test('names letters in capitals, with Ctrl as Mod', () => {
    expect(chordOf(press('z', 'c'), false)).toBe('Mod+Z');
    expect(chordOf(press('Z', 'cs'), false)).toBe('Mod+Shift+Z');
  });

  test('takes ⌘ for Mod on a Mac, and Ctrl there for itself', () => {
    expect(chordOf(press('z', 'm'), true)).toBe('Mod+Z');
    expect(chordOf(press('z', 'c'), true)).toBe('Ctrl+Z');
  });

  test('leaves Shift out where the sign already tells it', () => {
    expect(chordOf(press('?', 's'), false)).toBe('?');
    expect(chordOf(press('+', 'cs'), false)).toBe('Mod+Plus');
    expect(chordOf(press('{', 's'), false)).toBe('{');
  });

  test('goes by the place of the key where its letter is of another script or in an input method', () => {
    expect(chordOf(press('я', 'c', 'KeyZ'), false)).toBe('Mod+Z');
    expect(chordOf(press('Process', 'c', 'KeyK'), false)).toBe('Mod+K');
  });

  test('is none while only modifiers are held', () => {
    expect(chordOf(press('Shift', 's', 'ShiftLeft'), false)).toBeUndefined();
  });

  test('is shown as the keyboard shows it', () => {
    expect(chordInWords('Mod+Shift+Z', false)).toBe('Ctrl+Shift+Z');
    expect(chordInWords('Mod+Shift+Z', true)).toBe('⌘⇧Z');
    expect(chordInWords('Mod+Plus', false)).toBe('Ctrl++');
  });
});
