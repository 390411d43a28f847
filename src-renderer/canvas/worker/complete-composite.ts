// The composite of all of the document, a slice at a time, while nobody paints or moves the view.
import type { DocumentRecord } from '../../../src-main/contract/document.ts';
import type { Region } from '../../../src-main/contract/image.ts';
import type { AssetCache } from './asset-cache.ts';
import type { AssetLine } from './asset-line.ts';
import type { CompositeLevels } from './composite-levels.ts';
import type { Looks } from './looks.ts';

/** Between looks at whether the hand rests, ms. */
const pauseMs = 60;

export interface CompleteParts {
  readonly looks: Looks;
  readonly line: AssetLine;
  readonly cache: AssetCache;
  /** Whether something goes before it. */
  waits(): boolean;
  record(): DocumentRecord | undefined;
  budgetMs(): number;
  drew(parts: readonly Region[]): void;
}

/** Throws the host's fault where pixels cannot be read. */
export async function completeComposite({ looks, line, cache, waits, record, budgetMs, drew }: CompleteParts): Promise<CompositeLevels | undefined> {
  for (;;) {
    while (waits()) await new Promise((resolve) => setTimeout(resolve, pauseMs));
    const now = record();
    if (!now) return undefined;
    const { drawn, wanted, waiting } = looks.workAll(now, undefined, performance.now() + budgetMs());
    drew(drawn);
    if (waiting === 0) return looks.levels;
    if (wanted.length > 0) await line.load(wanted);
    await new Promise((resolve) => setTimeout(resolve, 0));
    cache.trim();
  }
}
