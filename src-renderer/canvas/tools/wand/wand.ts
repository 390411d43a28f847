// The magic wand: selects what is of the colour under the pen.
import { selectionMode } from '../../selection-drag.ts';
import type { Tool } from '../../tool.ts';

export const wand: Tool = {
  id: 'wand',
  cursor: 'crosshair',
  shortcut: 'W',
  start: (stage) => ({
    press: ({ x, y }, keys) => {
      const { selectionMode: mode, feather, tolerance, contiguous, wholePicture } = stage.options();
      const layer = stage.activeLayer();
      stage
        .ask('select', {
          shape: { kind: 'wand', at: { x, y }, tolerance, contiguous },
          mode: selectionMode(keys, mode),
          feather,
          ...(wholePicture || layer?.kind !== 'raster' ? {} : { layer: layer.id }),
        })
        .catch(stage.fail);
    },
    drag: () => undefined,
    release: () => undefined,
    abandon: () => undefined,
  }),
};
