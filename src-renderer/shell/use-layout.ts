// Sizes and folded parts of the window, remembered in the settings.
import { useSettings } from '../settings/settings-store.ts';

export type LayoutPart = 'left' | 'right' | 'layers' | 'history' | 'variants';
export type FoldingPart = 'left' | 'right' | 'layers' | 'properties' | 'history';

export interface Layout {
  /** As the artist has drawn it, in px; undefined: it has the size that content and window give it. */
  drawn(part: LayoutPart): number | undefined;
  resize(part: LayoutPart, sizePx: number): void;
  /** Back to the size that content and window give it. */
  release(part: LayoutPart): void;
  isFolded(part: FoldingPart): boolean;
  fold(part: FoldingPart, folded: boolean): void;
}

export function useLayout(): Layout {
  const settings = useSettings();
  return {
    drawn: (part) => settings.layout[part],
    resize: (part, sizePx) => settings.setLayout(part, sizePx),
    release: (part) => settings.setLayout(part, undefined),
    isFolded: (part) => settings.layout[`${part}.folded`] === 1,
    fold: (part, folded) => settings.setLayout(`${part}.folded`, folded ? 1 : 0),
  };
}
