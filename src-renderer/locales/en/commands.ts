// Words of commands, as menus, the palette and the shortcut sheet show them, in English.
export const commands = {};
