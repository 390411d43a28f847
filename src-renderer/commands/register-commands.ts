// Registers the window's own commands and listens for their keys. Called once, by the window.
import { useEventListener } from '@vueuse/core';
import { useTexts } from '../layers/text/texts-store.ts';
import { useCommands } from './commands-store.ts';
import { editCommands } from './edit-commands.ts';
import { fileCommands } from './file-commands.ts';
import { layerCommands } from './layer-commands.ts';
import { helpCommands, viewCommands, windowCommands } from './view-commands.ts';

function isField(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || /^(TEXTAREA|SELECT)$/.test(target.tagName)) return true;
  return target instanceof HTMLInputElement && !['checkbox', 'radio', 'range', 'button', 'color'].includes(target.type);
}

/** Menus, lists and dialogs have keys of their own, and what lies beneath them waits. */
function isElsewhere(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('[role=dialog], [role=alertdialog], [role=menu], [role=listbox]') !== null;
}

export function registerCommands(): void {
  const commands = useCommands();
  const texts = useTexts();
  commands.register([...fileCommands(), ...editCommands(), ...layerCommands(), ...viewCommands(), ...windowCommands(), ...helpCommands()]);
  useEventListener(window, 'keydown', (event) => {
    if (event.defaultPrevented || event.isComposing || isElsewhere(event.target)) return;
    const id = commands.commandOf(event, texts.takesKeys || isField(event.target));
    if (id === undefined) return;
    event.preventDefault();
    if (!event.repeat || isRepeatable(id)) void commands.run(id);
  });
}

/** What may go on while its keys are held. */
function isRepeatable(id: string): boolean {
  return /^(edit\.(undo|redo)|view\.zoom|brush\.|layer\.(up|down))/.test(id);
}
