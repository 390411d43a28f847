// Commands of the canvas: tools, brushes, colours, selections, clipboard, placing pictures.
import type { LayerId } from '../../src-main/contract/document.ts';
import type { Command } from '../commands/command.ts';
import { canFollowFiles } from '../client/followed-files.ts';
import { pickFiles } from '../client/files.ts';
import { useDocument } from '../document/document-store.ts';
import { useCanvas } from './canvas-store.ts';
import { copySelection, pasteFromMenu } from './clipboard.ts';
import { paintTarget, targetForErasing } from './paintable.ts';
import { placeFollowed, placeGiven } from './place-picture.ts';
import { tools } from './tools/index.ts';
import type { PaintTarget } from './worker/protocol.ts';

export function canvasCommands(): Command[] {
  return [...toolCommands(), ...brushCommands(), ...selectionCommands(), ...clipboardCommands(), ...placingCommands()];
}

const isWritable = (): boolean => !useDocument().readOnly;

function toolCommands(): Command[] {
  const canvas = useCanvas();
  return tools.map(({ id, shortcut }) => ({
    id: `tool.${id}`, words: `canvas.tools.${id}`, section: 'tool', on: 'canvas', keys: shortcut,
    checked: () => canvas.tool === id, run: () => canvas.setTool(id),
  }));
}

function brushCommands(): Command[] {
  const canvas = useCanvas();
  const brush = (name: string, keys: string, run: () => void): Command => ({ id: `brush.${name}`, words: `canvas.commands.${name}`, section: 'tool', on: 'canvas', keys, run });
  return [
    brush('smaller', '[', () => canvas.stepSize(-1)),
    brush('larger', ']', () => canvas.stepSize(1)),
    brush('softer', '{', () => canvas.stepHardness(-1)),
    brush('harder', '}', () => canvas.stepHardness(1)),
    brush('swapColours', 'X', () => canvas.swapColours()),
    brush('plainColours', 'D', () => canvas.plainColours()),
  ];
}

function selectionCommands(): Command[] {
  const canvas = useCanvas();
  const hasSelection = (): boolean => canvas.selection.has;
  const select = (name: 'all' | 'none' | 'invert', keys: string | readonly string[], enabled: () => boolean = () => true): Command => ({
    id: `select.${name}`, words: `canvas.commands.${name}`, section: 'select', on: 'canvas', keys, enabled, run: () => canvas.select({ kind: name }),
  });
  return [select('all', 'Mod+A'), select('none', ['Mod+D', 'Mod+Shift+A'], hasSelection), select('invert', ['Mod+Shift+I', 'Mod+I'])];
}

/** What is filled or cleared, or the reason is told. */
function targetNow(clears: boolean): PaintTarget | undefined {
  const canvas = useCanvas();
  const target = (clears ? targetForErasing : paintTarget)(canvas.stage);
  if (typeof target !== 'string') return target;
  canvas.stage.hint(target);
  return undefined;
}

function clipboardCommands(): Command[] {
  const canvas = useCanvas();
  const documents = useDocument();
  const edit = (name: string, keys: string | readonly string[], enabled: () => boolean, run: () => unknown): Command => ({
    id: `edit.${name}`, words: `canvas.commands.${name}`, section: 'edit', on: 'canvas', keys, enabled, run,
  });
  const hasLayer = (): boolean => documents.activeLayer !== undefined;
  /** Of a layer, or of the whole picture. */
  async function copy(layer?: LayerId): Promise<boolean> {
    await canvas.settled();
    const copied = await copySelection(layer);
    if (!copied) canvas.stage.hint(layer === undefined ? 'nothingToCopy' : 'nothingToCopyHere');
    return copied;
  }
  async function fill(colour: 'first' | 'none'): Promise<void> {
    const target = targetNow(colour === 'none');
    if (!target) return;
    const key = colour === 'none' ? 'canvas.clear' : 'canvas.fill';
    await canvas.ask('fill', { target, colour: colour === 'none' ? null : canvas.colour, label: { key } });
  }
  const clear = (): Promise<void> => fill('none');
  return [
    edit('cut', 'Mod+X', () => isWritable() && hasLayer(), async () => void ((await copy(documents.chosen[0])) && (await clear()))),
    edit('copy', 'Mod+C', hasLayer, () => copy(documents.chosen[0])),
    edit('copyMerged', 'Mod+Shift+C', () => true, () => copy()),
    edit('paste', [], isWritable, async () => void ((await pasteFromMenu()) || canvas.stage.hint('nothingToPaste'))),
    edit('clear', ['Delete', 'Backspace'], () => isWritable() && canvas.selection.has, clear),
    edit('fill', ['Alt+Backspace', 'Alt+Delete'], isWritable, () => fill('first')),
  ];
}

function placingCommands(): Command[] {
  const place = async (link: boolean): Promise<void> => {
    for (const file of await pickFiles('picture', true)) await placeGiven(file, { link });
  };
  const linked: Command = { id: 'file.placeLinked', words: 'commands.file.placeLinked', section: 'file', on: 'canvas', enabled: isWritable, run: () => (canFollowFiles() ? placeFollowed() : place(true)) };
  return [
    { id: 'file.place', words: 'commands.file.place', section: 'file', on: 'canvas', enabled: isWritable, run: () => place(false) },
    // A browser does not say where a file lies; some can read it again.
    ...(window.velatura !== undefined || canFollowFiles() ? [linked] : []),
  ];
}

