// Commands of undoing and of the settings.
import { useDocument } from '../document/document-store.ts';
import { useShell } from '../shell/shell-store.ts';
import type { Command } from './command.ts';

export function editCommands(): Command[] {
  const document = useDocument();
  const shell = useShell();
  return [
    { id: 'edit.undo', words: 'commands.edit.undo', section: 'edit', keys: 'Mod+Z', enabled: () => document.canUndo, run: () => document.undo() },
    { id: 'edit.redo', words: 'commands.edit.redo', section: 'edit', keys: ['Mod+Shift+Z', 'Mod+Y'], enabled: () => document.canRedo, run: () => document.redo() },
    { id: 'edit.settings', words: 'commands.edit.settings', section: 'edit', keys: 'Mod+,', run: () => shell.open('settings') },
  ];
}
