// Commands of the view and the window.
import { useCanvas } from '../canvas/canvas-store.ts';
import { useSettings } from '../settings/settings-store.ts';
import { useNotices } from '../shell/notices-store.ts';
import { useShell, workspaces } from '../shell/shell-store.ts';
import { useLayout } from '../shell/use-layout.ts';
import type { Command } from './command.ts';

const turn = Math.PI / 12;

export function viewCommands(): Command[] {
  const canvas = useCanvas();
  const view = (name: string, keys: string | readonly string[], run: () => void): Command => ({
    id: `view.${name}`, words: `commands.view.${name}`, section: 'view', on: 'canvas', keys, run,
  });
  return [
    view('fit', 'Mod+0', () => canvas.fit()),
    view('oneToOne', 'Mod+1', () => canvas.oneToOne()),
    view('zoomIn', ['Mod+Plus', 'Mod+='], () => canvas.zoomIn()),
    view('zoomOut', 'Mod+-', () => canvas.zoomOut()),
    view('turnLeft', [], () => canvas.rotateTo(canvas.view.rotation - turn)),
    view('turnRight', [], () => canvas.rotateTo(canvas.view.rotation + turn)),
    view('upright', [], () => canvas.rotateTo(0)),
    { ...view('rulers', 'Shift+R', () => void (canvas.showsRulers = !canvas.showsRulers)), checked: () => canvas.showsRulers },
  ];
}

export function windowCommands(): Command[] {
  const settings = useSettings();
  const shell = useShell();
  const layout = useLayout();
  const notices = useNotices();
  const fold = (part: 'left' | 'right', words: string, keys: string): Command => ({
    id: `window.${words}`, words: `commands.window.${words}`, section: 'window', keys,
    checked: () => !layout.isFolded(part), run: () => layout.fold(part, !layout.isFolded(part)),
  });
  return [
    fold('left', 'styles', 'F3'),
    fold('right', 'column', 'F4'),
    { id: 'window.bare', words: 'commands.window.bare', section: 'window', keys: 'Mod+\\', checked: () => shell.bare, run: () => (shell.bare = !shell.bare) },
    { id: 'window.jobs', words: 'commands.window.jobs', section: 'window', checked: () => shell.showsJobs, run: () => (shell.showsJobs = !shell.showsJobs) },
    { id: 'window.notices', words: 'commands.window.notices', section: 'window', keys: 'Shift+Escape', enabled: () => notices.list.length > 0, run: notices.closeAll },
    ...workspaces.map((name, index): Command => ({
      id: `window.${name}`, words: `commands.window.${name}`, section: 'window', keys: `Alt+${index + 1}`,
      checked: () => shell.workspace === name, run: () => (shell.workspace = name),
    })),
    {
      id: 'window.light', words: 'commands.window.light', section: 'window',
      checked: () => settings.theme === 'light', run: () => settings.change({ theme: settings.theme === 'light' ? 'dark' : 'light' }),
    },
    { id: 'window.english', words: 'commands.window.english', section: 'window', run: () => settings.change({ language: 'en' }) },
    { id: 'window.chinese', words: 'commands.window.chinese', section: 'window', run: () => settings.change({ language: 'zh-CN' }) },
    { id: 'window.fullScreen', words: 'commands.window.fullScreen', section: 'window', keys: 'F11', checked: () => document.fullscreenElement !== null, run: toggleFullScreen },
  ];
}

async function toggleFullScreen(): Promise<void> {
  if (document.fullscreenElement) await document.exitFullscreen();
  else await document.documentElement.requestFullscreen();
}

export function helpCommands(): Command[] {
  const shell = useShell();
  return [
    { id: 'help.palette', words: 'commands.help.palette', section: 'help', keys: 'Mod+K', run: () => shell.open('palette') },
    { id: 'help.shortcuts', words: 'commands.help.shortcuts', section: 'help', keys: '?', run: () => shell.open('shortcuts') },
    { id: 'help.firstRun', words: 'commands.help.firstRun', section: 'help', run: () => shell.toHome() },
    { id: 'help.about', words: 'commands.help.about', section: 'help', run: () => shell.open('about') },
  ];
}
