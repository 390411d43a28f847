// The request to export a document: a job that ends with a file, on the artist's disk or kept for the page.
import { basename, dirname, join } from 'node:path';
import * as v from 'valibot';
import { entryIdSchema } from '../../contract/history.ts';
import type { JobWatch } from '../../contract/job.ts';
import { studioRequests, type StudioApi, type WrittenFile } from '../../contract/studio-api.ts';
import { freePath } from '../free-path.ts';
import { namedFor } from './export-name.ts';
import { engineScene } from '../documents/picture-requests.ts';
import type { JobOrder, OrderMaker } from '../host/job-order.ts';
import { writtenFile } from '../host/kept-files.ts';
import type { StudioContext } from '../host/studio-context.ts';

const white = [1, 1, 1] as const;

export function exportRequests(context: StudioContext): Pick<StudioApi, 'export'> {
  return {
    export: async (request) => {
      const document = context.documents.get(request.document);
      const entry = document.state().head; // what was asked for is exported, whatever is painted meanwhile
      const name = namedFor(request.format, request.out === undefined ? (request.name ?? document.record().name) : basename(request.out));
      const job = context.jobs.add(orderOf(context, { ...request, entry, name }));
      await context.jobs.kept();
      return { job };
    },
  };
}

const orderSchema = v.object({ ...studioRequests.export.entries, entry: entryIdSchema, name: v.string() });
type Order = v.InferOutput<typeof orderSchema>;

function orderOf(context: StudioContext, order: Order): JobOrder {
  return { kind: 'export', details: { name: order.name, format: order.format }, canRetry: true, recipe: order, run: (watch) => run(context, order, watch) };
}

/** An export that was interrupted; its document is opened for it where nobody has. */
export function exportOrder(context: StudioContext): OrderMaker {
  return (recipe) => {
    const order = v.parse(orderSchema, recipe);
    const again = orderOf(context, order);
    return { ...again, run: async (watch) => (await context.documents.open(order.document), again.run(watch)) };
  };
}

async function run(context: StudioContext, order: Order, watch: JobWatch): Promise<WrittenFile> {
  const out = await placeOf(order);
  const name = out === undefined ? order.name : basename(out);
  return writtenFile(context.kept, { out, name }, (path) => write(context, order, path, watch));
}

/** Where the artist said; with an ending that was added nobody was asked about what may be there, so it is not replaced. */
async function placeOf({ out, name }: Order): Promise<string | undefined> {
  if (out === undefined) return undefined;
  return basename(out) === name ? out : freePath(join(dirname(out), name));
}

async function write(context: StudioContext, order: Order, out: string, { signal, progress, warn }: JobWatch): Promise<void> {
  const scene = await engineScene(context, order.document, order.entry);
  const { format, width, height, quality } = order;
  // With its layers a document keeps its own size and pixels.
  if (format === 'ora' || format === 'psd') {
    await context.engine.ask('document.save', { ...scene, format, out, generations: 0 }, { signal, onProgress: progress });
    return;
  }
  const { dpi = scene.record.dpi, depth = scene.record.depth, profile = 'srgb', recipe: withRecipe = true, matte = white } = order;
  const asked = { ...(width === undefined ? {} : { width }), ...(height === undefined ? {} : { height }), ...(quality === undefined ? {} : { quality }) };
  const { notes } = await context.engine.ask('document.export', { ...scene, ...asked, format, dpi, depth, profile, withRecipe, matte, out }, { signal, onProgress: progress });
  for (const { key, details } of notes) warn(key, details);
}
