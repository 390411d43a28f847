// Commands of history and of the settings.
import { useCanvas } from '../canvas/canvas-store.ts';
import { useDocument } from '../document/document-store.ts';
import { useShell } from '../shell/shell-store.ts';
import type { Command } from './command.ts';

export function editCommands(): Command[] {
  const document = useDocument();
  const canvas = useCanvas();
  const shell = useShell();
  /** A stroke that was just drawn is part of the state, and the step that is taken back. */
  const afterStrokes = (run: () => void) => async (): Promise<void> => {
    await canvas.settled();
    run();
  };
  return [
    { id: 'edit.undo', words: 'commands.edit.undo', section: 'edit', on: 'document', keys: 'Mod+Z', enabled: () => document.canUndo, run: afterStrokes(() => document.undo()) },
    { id: 'edit.redo', words: 'commands.edit.redo', section: 'edit', on: 'document', keys: ['Mod+Shift+Z', 'Mod+Y'], enabled: () => document.canRedo, run: afterStrokes(() => document.redo()) },
    { id: 'edit.snapshot', words: 'commands.edit.snapshot', section: 'edit', on: 'document', keys: 'Mod+Alt+S', enabled: () => !document.readOnly, run: afterStrokes(() => shell.open('snapshot')) },
    { id: 'edit.settings', words: 'commands.edit.settings', section: 'edit', keys: 'Mod+,', run: () => shell.open('settings') },
  ];
}
