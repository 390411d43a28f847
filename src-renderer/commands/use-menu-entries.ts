// Turns the ids of a menu into its lines, in the language of now.
import { useI18n } from 'vue-i18n';
import { useLibrary } from '../document/library-store.ts';
import type { MenuEntry } from '../widgets/menu.ts';
import { useCommands } from './commands-store.ts';
import type { MenuPart } from './menus.ts';

const mostRecent = 12;

/** Read while a menu is drawn: what can be done changes with the document. */
export function useMenuEntries(): (parts: readonly MenuPart[]) => MenuEntry[] {
  const { t } = useI18n();
  const commands = useCommands();
  const library = useLibrary();

  function entryOf(id: string): MenuEntry[] {
    if (id === '-') return [{ kind: 'line' }];
    if (id === 'recent') {
      return library.cards.slice(0, mostRecent).map(({ id: document, name }) => ({ kind: 'item', id: 'recent', label: name, run: () => void library.open(document, name) }));
    }
    const command = commands.commands.get(id);
    if (!command) return [];
    return [{
      kind: 'item', id, label: t(command.words), keys: commands.keysOf(id), disabled: !commands.isEnabled(id),
      ...(command.checked ? { checked: command.checked() } : {}), run: () => void commands.run(id),
    }];
  }

  function entriesOf(parts: readonly MenuPart[]): MenuEntry[] {
    const entries = parts.flatMap((part): MenuEntry[] => (typeof part === 'string' ? entryOf(part) : [{ kind: 'sub', label: t(part.words), entries: entriesOf(part.parts) }]));
    return entries.filter((entry, index) => entry.kind !== 'line' || (index > 0 && index < entries.length - 1 && entries[index - 1]?.kind !== 'line'));
  }
  return entriesOf;
}
