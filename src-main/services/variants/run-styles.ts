// What the meters of one run know of its styles: looked up once for all variants.
import type { Tensor } from '../../engine/tensor/tensor.ts';
import type { Folders } from '../platform.ts';
import { stylePaintings } from '../library/style-paintings.ts';
import type { KnownStyle, KnownStyles } from './known-style.ts';

export interface RunStyles {
  /** As stylePaintings. */
  paintings(style: string): Promise<readonly Tensor[]>;
  /** As KnownStyles.find. */
  known(style: string): Promise<KnownStyle | undefined>;
}

/** What fails is looked up again for the next variant. */
export function runStyles(known: KnownStyles, folders: Folders, read: typeof stylePaintings = stylePaintings): RunStyles {
  return { paintings: once((style) => read(style, folders)), known: once((style) => known.find(style, folders)) };
}

function once<T>(look: (style: string) => Promise<T>): (style: string) => Promise<T> {
  const found = new Map<string, Promise<T>>();
  return (style) => {
    const known = found.get(style) ?? look(style);
    found.set(style, known);
    known.catch(() => found.delete(style));
    return known;
  };
}
