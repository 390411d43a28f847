// Commands on layers, as menus, keys and the layers panel run them.
import { useCanvas } from '../canvas/canvas-store.ts';
import { useDocument } from '../document/document-store.ts';
import { groupOf } from '../document/layer-changes.ts';
import { useLayers } from '../document/layers-store.ts';
import { beneath } from '../document/layer-tree.ts';
import { useGlazes } from '../layers/glaze/glazes-store.ts';
import { useStyles } from '../panels/gallery/styles-store.ts';
import { useTexts } from '../layers/text/texts-store.ts';
import type { Command } from './command.ts';

export function layerCommands(): Command[] {
  const canvas = useCanvas();
  const document = useDocument();
  const layers = useLayers();
  const styles = useStyles();
  const glazes = useGlazes();
  const texts = useTexts();
  /** Of the gallery's first favourite, or its first style: the panel changes it with a click. */
  const addGlaze = (): void => {
    const style = styles.list.find(({ favourite }) => favourite) ?? styles.list[0];
    if (style) glazes.addGlaze(style.name);
  };
  /** In the middle of what is seen. */
  const addText = async (): Promise<void> => {
    const { x, y } = canvas.view;
    canvas.setTool('text');
    await texts.write([Math.round(x), Math.round(y)], canvas.colour);
  };
  /** What is painted next goes on the mask that a layer gets; on nothing else where it gets none. */
  const withMask = (add: () => unknown) => async (): Promise<void> => {
    const before = active()?.mask;
    await add();
    if (active()?.mask !== before) canvas.paintsMask = true;
  };
  const isWritable = (): boolean => !document.readOnly && !document.fault;
  const hasLayer = (): boolean => isWritable() && document.activeLayer !== undefined;
  const active = () => document.activeLayer;
  const hasMask = (): boolean => hasLayer() && active()?.mask !== undefined;
  const command = (name: string, enabled: () => boolean, run: () => unknown, keys: string | readonly string[] = []): Command => ({
    id: `layer.${name}`, words: `commands.layer.${name}`, section: 'layer', on: 'canvas', keys, enabled, run,
  });
  const canMerge = (): boolean => {
    if (!hasLayer() || !document.record) return false;
    if (document.chosen.length > 1) return true;
    const layer = active();
    return layer !== undefined && groupOf(document.record, layer.id) !== undefined && beneath(document.record, layer.id) !== undefined;
  };
  return [
    command('newPaint', isWritable, () => layers.addPaint(), ['Mod+Shift+N', 'Mod+Alt+Shift+N']),
    command('newGlaze', () => isWritable() && styles.list.length > 0, addGlaze),
    command('newFill', isWritable, () => layers.addFill(canvas.colour)),
    command('newText', isWritable, addText),
    command('editText', () => hasLayer() && active()?.kind === 'text', () => texts.edit(document.chosen[0] ?? '')),
    command('newGroup', isWritable, () => layers.addGroup()),
    command('duplicate', hasLayer, () => layers.duplicate(), 'Mod+J'),
    command('rename', hasLayer, () => layers.startRename(), 'F2'),
    command('delete', hasLayer, () => layers.remove(), 'Shift+Delete'),
    command('group', hasLayer, () => layers.group(), 'Mod+G'),
    command('ungroup', () => hasLayer() && active()?.kind === 'group', () => layers.ungroup(), 'Mod+Shift+G'),
    command('up', hasLayer, () => layers.shift(1), 'Mod+]'),
    command('down', hasLayer, () => layers.shift(-1), 'Mod+['),
    command('mergeDown', canMerge, () => layers.merge(), 'Mod+E'),
    command('flatten', () => hasLayer() && active()?.kind === 'group', () => layers.toPaint()),
    command('rasterize', () => hasLayer() && !['raster', 'group'].includes(active()?.kind ?? 'raster'), () => layers.toPaint()),
    command('addMask', () => hasLayer() && !hasMask(), withMask(layers.addMask)),
    command('maskFromSelection', () => hasLayer() && canvas.selection.has, withMask(layers.maskFromSelection)),
    { ...command('maskOff', hasMask, () => layers.toggleMask()), checked: () => active()?.mask?.enabled === false },
    command('invertMask', hasMask, () => layers.invertMask()),
    command('applyMask', () => hasMask() && active()?.kind === 'raster', () => layers.applyMask()),
    command('removeMask', hasMask, () => layers.removeMask()),
    { ...command('clip', hasLayer, () => layers.toggle('clip'), 'Mod+Alt+G'), checked: () => active()?.clip === true },
    { ...command('lock', hasLayer, () => layers.toggle('locked'), 'Mod+/'), checked: () => active()?.locked === true },
    { ...command('lockAlpha', () => hasLayer() && active()?.kind === 'raster', () => layers.toggle('alphaLocked'), '/'), checked: () => active()?.['alphaLocked'] === true },
    { ...command('hide', hasLayer, () => layers.toggle('visible')), checked: () => active()?.visible === false },
  ];
}
