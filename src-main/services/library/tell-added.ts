// What the artist should know of a style that came into the library: which other one of its name it stands before.
import type { JobWatch } from '../../contract/job.ts';
import type { AddedStyle } from './library.ts';

export function tellAdded({ style, kept, hidden }: AddedStyle, warn: JobWatch['warn']): void {
  if (kept !== undefined) warn('preset.kept-version', { name: style.name, version: kept });
  if (hidden) warn('preset.hidden', { name: hidden.by, call: hidden.call });
}
