// The request to save a document as an .ora: a job the artist sees, and the file it wrote.
import { basename, extname } from 'node:path';
import * as v from 'valibot';
import { StudioError } from '../../contract/fault.ts';
import type { JobWatch } from '../../contract/job.ts';
import { studioRequests, type StudioApi, type WrittenFile } from '../../contract/studio-api.ts';
import { engineScene } from './picture-requests.ts';
import type { JobOrder, OrderMaker } from '../host/job-order.ts';
import { writtenFile } from '../host/kept-files.ts';
import type { StudioContext } from '../host/studio-context.ts';
import { slugOf } from '../library/style-name.ts';

/** Earlier files of the same name. */
const generations = 3;

export function saveRequests(context: StudioContext): Pick<StudioApi, 'documents.save'> {
  return {
    'documents.save': async ({ document, out }) => {
      const { name: title } = context.documents.get(document).record();
      const name = out === undefined ? `${slugOf(title)}.ora` : basename(out);
      if (extname(name).toLowerCase() !== '.ora') throw new StudioError('usage.invalid', { reason: 'documents are saved as .ora' });
      return context.jobs.ended(orderOf(context, { document, name, ...(out === undefined ? {} : { out }) }));
    },
  };
}

const orderSchema = v.object({ ...studioRequests['documents.save'].entries, name: v.string() });
type Order = v.InferOutput<typeof orderSchema>;

function orderOf(context: StudioContext, order: Order): JobOrder<WrittenFile> {
  return { kind: 'save', details: { name: order.name }, canRetry: true, recipe: order, run: (watch) => writtenFile(context.kept, order, (path) => write(context, order, path, watch)) };
}

/** A save that was interrupted. */
export function saveOrder(context: StudioContext): OrderMaker {
  return (recipe) => orderOf(context, v.parse(orderSchema, recipe));
}

/** The state it is in now: tried again, nothing older comes over something newer. */
async function write(context: StudioContext, { document, out }: Order, path: string, { signal, progress }: JobWatch): Promise<void> {
  await context.documents.open(document); // Where it was closed meanwhile.
  const scene = await engineScene(context, document);
  await context.engine.ask('document.save', { ...scene, out: path, generations: out === undefined ? 0 : generations, format: 'ora' }, { signal, onProgress: progress });
}
