// The program's menu belongs to the page: Electron's own would take its keys (reload, close, zoom) away.
import { Menu } from 'electron';

/** macOS cannot do without one: there it holds what the system expects, and no keys of painting. */
export function setMenu(platform = process.platform): void {
  if (platform !== 'darwin') return Menu.setApplicationMenu(null);
  const edit = (['cut', 'copy', 'paste', 'selectAll'] as const).map((role) => ({ role }));
  Menu.setApplicationMenu(Menu.buildFromTemplate([{ role: 'appMenu' }, { role: 'editMenu', submenu: edit }, { role: 'windowMenu' }]));
}
