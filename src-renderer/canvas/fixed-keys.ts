// What held-keys, the digits and the tools hear: keys of no command, as the table of keys shows them.
import type { FixedKeys } from '../commands/command.ts';

export const canvasFixedKeys: readonly FixedKeys[] = [
  { words: 'canvas.keys.straight', section: 'tool', keys: 'Shift', isHeld: true },
  { words: 'canvas.keys.takeColour', section: 'tool', keys: 'Alt', isHeld: true },
  { words: 'canvas.keys.opacity', section: 'tool', keys: '0 … 9', isHeld: false },
  { words: 'canvas.selection.modes.add', section: 'select', keys: 'Shift', isHeld: true },
  { words: 'canvas.selection.modes.subtract', section: 'select', keys: 'Alt', isHeld: true },
  { words: 'canvas.selection.modes.intersect', section: 'select', keys: 'Alt+Shift', isHeld: true },
  { words: 'canvas.keys.pan', section: 'view', keys: 'Space', isHeld: true },
  { words: 'canvas.keys.zoom', section: 'view', keys: 'Mod+Space', isHeld: true },
  { words: 'canvas.keys.turn', section: 'view', keys: 'R', isHeld: true },
];
