// Commands on the document as a whole.
import { pickFiles } from '../client/files.ts';
import { useDocument } from '../document/document-store.ts';
import { useLibrary } from '../document/library-store.ts';
import { useSaving } from '../document/saving-store.ts';
import { useShell } from '../shell/shell-store.ts';
import type { Command } from './command.ts';

export function fileCommands(): Command[] {
  const document = useDocument();
  const library = useLibrary();
  const saving = useSaving();
  const shell = useShell();

  async function open(): Promise<void> {
    const [chosen] = await pickFiles('document');
    if (chosen && (await library.openFile(chosen))) shell.toCanvas();
  }

  return [
    { id: 'file.new', words: 'commands.file.new', section: 'file', keys: ['Mod+N', 'Mod+Alt+N'], run: () => shell.open('new') },
    { id: 'file.open', words: 'commands.file.open', section: 'file', keys: 'Mod+O', run: open },
    { id: 'file.save', words: 'commands.file.save', section: 'file', on: 'document', keys: 'Mod+S', run: () => saving.save() },
    { id: 'file.saveAs', words: 'commands.file.saveAs', section: 'file', on: 'document', keys: 'Mod+Shift+S', run: () => saving.saveAs() },
    { id: 'file.export', words: 'commands.file.export', section: 'file', on: 'document', keys: 'Mod+Shift+E', run: () => shell.open('export') },
    { id: 'file.rename', words: 'commands.file.rename', section: 'file', on: 'document', enabled: () => !document.readOnly, run: () => shell.open('rename') },
    { id: 'file.close', words: 'commands.file.close', section: 'file', on: 'document', keys: ['Mod+W', 'Mod+Alt+W'], run: () => library.close() },
    { id: 'file.home', words: 'commands.file.home', section: 'file', checked: () => shell.atHome, run: () => shell.toHome() },
  ];
}
