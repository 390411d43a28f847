// The request to export a document: a job that ends with a file, on the artist's disk or kept for the page.
import { stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { JobWatch } from '../../contract/job.ts';
import type { ExportRequest, StudioApi, WrittenFile } from '../../contract/studio-api.ts';
import { diskFault, requireWritableFolder } from '../disk.ts';
import { namedFor } from './export-name.ts';
import { engineScene } from '../documents/picture-requests.ts';
import type { StudioContext } from '../host/studio-context.ts';

const white = [1, 1, 1] as const;

export function exportRequests(context: StudioContext): Pick<StudioApi, 'export'> {
  return {
    export: async (request) => {
      const document = context.documents.get(request.document);
      const entry = document.state().head; // what was asked for is exported, whatever is painted meanwhile
      const { format } = request;
      const name = namedFor(format, request.out === undefined ? (request.name ?? document.record().name) : basename(request.out));
      const job = context.jobs.add({ kind: 'export', details: { name, format }, canRetry: true, run: (watch) => run(context, { ...request, format, entry, name }, watch) });
      return { job };
    },
  };
}

interface Order extends ExportRequest {
  readonly entry: string;
  readonly name: string;
}

async function run(context: StudioContext, order: Order, watch: JobWatch): Promise<WrittenFile> {
  if (order.out !== undefined) {
    const path = join(dirname(order.out), order.name);
    await requireWritableFolder(dirname(path));
    await write(context, order, path, watch);
    const { size: bytes } = await stat(path).catch((thrown: unknown) => {
      throw diskFault(thrown, path);
    });
    return { name: order.name, path, bytes };
  }
  const place = await context.kept.place(order.name);
  try {
    await write(context, order, place.path, watch);
    return await place.offer();
  } catch (thrown) {
    await place.discard();
    throw thrown;
  }
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
