// Sizes and folded parts of the window, remembered in the settings.
import { useSettings } from '../settings/settings-store.ts';

/** In px. */
export const layoutStandards = { left: 236, right: 284, layers: 292, history: 150 } as const;
export type LayoutPart = keyof typeof layoutStandards;
export type FoldingPart = LayoutPart | 'properties';

export interface Layout {
  /** In px. */
  size(part: LayoutPart): number;
  resize(part: LayoutPart, sizePx: number): void;
  isFolded(part: FoldingPart): boolean;
  fold(part: FoldingPart, folded: boolean): void;
}

export function useLayout(): Layout {
  const settings = useSettings();
  return {
    size: (part) => settings.layout[part] ?? layoutStandards[part],
    resize: (part, sizePx) => settings.setLayout(part, sizePx),
    isFolded: (part) => settings.layout[`${part}.folded`] === 1,
    fold: (part, folded) => settings.setLayout(`${part}.folded`, folded ? 1 : 0),
  };
}
