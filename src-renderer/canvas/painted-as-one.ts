// Which mixes a first mask makes slower: those whose networks are painted as one.
import type { GlazeStyle } from '../../src-main/contract/document.ts';
import type { GalleryStyle } from '../../src-main/contract/studio-records.ts';

/** Networks taught from one base are painted as one by their weights, one by one under masks; codes share one pass either way, foreign networks none. */
export function isPaintedAsOne(styles: readonly GlazeStyle[], byName: ReadonlyMap<string, GalleryStyle>): boolean {
  if (styles.some(({ mask }) => mask?.enabled)) return false;
  const seen = styles.filter(({ weight }) => weight > 0).map(({ style }) => byName.get(style));
  return seen.some((one, index) => one?.kind === 'network' && seen.some((other, at) => at !== index && other !== undefined && other.kind !== 'foreign' && other.base === one.base));
}
