// Words of commands, as menus, the palette and the shortcut sheet show them, in Simplified Chinese.
import type { commands as english } from '../en/commands.ts';

export const commands: typeof english = {};
