// The menus of the window, by command id; a command that nobody has registered is left out.

/** `-`: a line. `recent`: the documents worked on last. */
export type MenuPart = string | { readonly words: string; readonly parts: readonly MenuPart[] };

export interface Menu {
  /** Locale key. */
  readonly words: string;
  readonly parts: readonly MenuPart[];
}

const newLayers: readonly MenuPart[] = ['layer.newPaint', 'layer.newGlaze', 'layer.newFill', 'layer.newText', 'layer.newGroup'];
const mask: readonly MenuPart[] = ['layer.addMask', 'layer.maskFromSelection', 'layer.maskOff', 'layer.invertMask', '-', 'layer.applyMask', 'layer.removeMask'];

export const menus: readonly Menu[] = [
  {
    words: 'commands.menus.file',
    parts: [
      'file.new', 'file.open', { words: 'commands.menus.recent', parts: ['recent'] }, '-',
      'file.place', 'file.placeLinked', '-',
      'file.save', 'file.saveAs', 'file.export', '-',
      'file.rename', 'file.close', 'file.home',
    ],
  },
  {
    words: 'commands.menus.edit',
    parts: [
      'edit.undo', 'edit.redo', 'edit.snapshot', '-',
      'edit.cut', 'edit.copy', 'edit.copyMerged', 'edit.paste', 'edit.clear', 'edit.fill', '-',
      'select.all', 'select.none', 'select.invert', '-',
      'edit.settings',
    ],
  },
  {
    words: 'commands.menus.layer',
    parts: [
      { words: 'commands.menus.newLayer', parts: newLayers }, 'layer.duplicate', 'layer.rename', 'layer.editText', 'layer.delete', '-',
      'layer.group', 'layer.ungroup', 'layer.up', 'layer.down', '-',
      'layer.mergeDown', 'layer.flatten', 'layer.rasterize', '-',
      { words: 'commands.menus.mask', parts: mask }, 'layer.clip', 'layer.lock', 'layer.lockAlpha', 'layer.hide',
    ],
  },
  {
    words: 'commands.menus.view',
    parts: [
      'view.fit', 'view.oneToOne', 'view.zoomIn', 'view.zoomOut', '-',
      'view.turnLeft', 'view.turnRight', 'view.upright', 'view.rulers', '-',
      'window.styles', 'window.column', 'window.bare', 'window.jobs', '-',
      'window.paint', 'window.compare', 'window.teach', '-',
      'window.light', { words: 'commands.menus.language', parts: ['window.english', 'window.chinese'] }, 'window.fullScreen',
    ],
  },
  { words: 'commands.menus.help', parts: ['help.palette', 'help.shortcuts', 'help.firstRun', '-', 'help.about'] },
];

/** Of a layer in the layers panel. */
export const layerMenu: readonly MenuPart[] = [
  'layer.rename', 'layer.editText', 'layer.duplicate', 'layer.delete', '-',
  'layer.group', 'layer.ungroup', '-',
  'layer.mergeDown', 'layer.flatten', 'layer.rasterize', '-',
  ...mask, '-',
  'layer.clip', 'layer.lock', 'layer.lockAlpha', 'layer.hide',
];

/** Of the button with the plus. */
export const newLayerMenu: readonly MenuPart[] = newLayers;
