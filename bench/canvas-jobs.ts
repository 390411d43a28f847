// Exports and variants for bench/canvas: of a small document, and now and then of the large one.
import { setTimeout as wait } from 'node:timers/promises';
import { plainPaint, type DocumentId } from '../src-main/contract/document.ts';
import type { StudioWire } from '../test/support/studio-wire.ts';

/** Of so many pairs of jobs one is of the large document: compositing it takes seconds, and the rest of a job is what may stay in memory. */
const largeEvery = 10;
/** Jobs between two words about them. */
const toldEvery = 10;

/** An export and a variant in turn, one after the other as the host takes them. Throws an Error where one is not done. */
export async function runJobs(wire: StudioWire, documents: { readonly small: DocumentId; readonly large: DocumentId }, count: number, done: (jobs: number) => void = () => undefined): Promise<void> {
  const [style] = await wire.ask('styles.list');
  if (!style) throw new Error('There is no style to make variants with.');
  const settings = { ...plainPaint, styles: [{ style: style.id, weight: 1 }], noise: 0 };
  for (let job = 0; job < count; job++) {
    const document = Math.floor(job / 2) % largeEvery === 0 ? documents.large : documents.small;
    if (job % 2 === 0) await wire.ask('export', { document, format: 'png', width: 256, height: 256, name: `Job ${job}` });
    else await wire.ask('variants.render', { document, longSidePx: 96, meters: false, items: [{ ...settings, seed: job }] });
    while ((await wire.ask('jobs.list')).some(({ state }) => state === 'waiting' || state === 'running')) await wait(50);
    if ((job + 1) % toldEvery === 0) done(job + 1);
  }
  const failed = (await wire.ask('jobs.list')).filter(({ state }) => state !== 'done');
  if (failed.length > 0) throw new Error(`${failed.length} jobs were not done: ${JSON.stringify(failed[0])}`);
}
