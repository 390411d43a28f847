// Requests for variants: a job that paints one after another, and the record of what was taken.
import { appendFile, readFile, rm } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import * as v from 'valibot';
import { entryIdSchema } from '../../contract/history.ts';
import { faultOf } from '../../contract/fault.ts';
import type { JobWatch } from '../../contract/job.ts';
import { programLabel } from '../../contract/program.ts';
import { studioRequests, type StudioApi } from '../../contract/studio-api.ts';
import { diskFault, makeFolder } from '../disk.ts';
import { engineScene, sightIn } from '../documents/picture-requests.ts';
import type { JobOrder, OrderMaker } from '../host/job-order.ts';
import type { StudioContext } from '../host/studio-context.ts';

/** Judgements of the artist, one a line. */
const judgementsFile = 'judgements.jsonl';

/** Faults after which the next variant would fare no better. */
const endsRun: readonly string[] = ['job.cancelled', 'engine.lost', 'disk.full', 'document.missing', 'session.out-of-memory'];

export function variantRequests(context: StudioContext): Pick<StudioApi, 'variants.render' | 'variants.judge'> {
  const { documents, jobs, platform } = context;
  return {
    'variants.render': async (request) => {
      const document = documents.get(request.document);
      const entry = request.entry ?? document.state().head;
      const job = jobs.addAs((id) => orderOf(context, { ...request, entry, name: document.record().name }, id));
      await jobs.kept();
      return { job };
    },
    'variants.judge': async ({ document, settings, verdict }) => {
      const path = join(platform.folders.home, judgementsFile);
      const line = { formatVersion: 1, at: platform.now().toISOString(), program: programLabel, document, verdict, settings };
      await makeFolder(platform.folders.home);
      await appendFile(path, `${JSON.stringify(line)}\n`).catch((thrown: unknown) => {
        throw diskFault(thrown, path);
      });
      return null;
    },
  };
}

const orderSchema = v.object({ ...studioRequests['variants.render'].entries, entry: entryIdSchema, name: v.string() });
type Order = v.InferOutput<typeof orderSchema>;

function orderOf(context: StudioContext, order: Order, job: string): JobOrder {
  const { name, items, document, ...others } = order;
  return {
    kind: 'variants',
    details: { name, count: items.length },
    canRetry: true,
    recipe: order,
    variants: { document, items, ...sightIn(others) },
    run: async (watch) => {
      await render(context, order, job, watch);
      return undefined;
    },
  };
}

/** Variants that were interrupted; their document is opened for them where nobody has. */
export function variantOrder(context: StudioContext): OrderMaker {
  return (recipe, job) => {
    const order = v.parse(orderSchema, recipe);
    const again = orderOf(context, order, job);
    return { ...again, run: async (watch) => (await context.documents.open(order.document), again.run(watch)) };
  };
}

async function render(context: StudioContext, request: Order, job: string, watch: JobWatch): Promise<void> {
  const { engine, pictures, session, emit } = context;
  const { items, longSidePx, meters } = request;
  const run = randomUUID();
  const folder = await session.make();
  try {
    for (const [index, settings] of items.entries()) {
      watch.progress({ stage: 'paint', done: index, total: items.length });
      const out = join(folder, `${index}.png`);
      try {
        const scene = await engineScene(context, request.document, request.entry);
        const painted = await engine.ask('variant.paint', { ...scene, run, longSidePx, settings, meters, out, ...sightIn(request) }, { signal: watch.signal });
        const bytes = await readFile(out).catch((thrown: unknown) => {
          throw diskFault(thrown, out);
        });
        emit({ kind: 'variant', job, index, picture: await pictures.put(bytes), ...painted });
      } catch (thrown) {
        const fault = faultOf(thrown);
        if (endsRun.includes(fault.code)) throw thrown;
        emit({ kind: 'variant.failed', job, index, fault });
      }
    }
  } finally {
    await rm(folder, { recursive: true, force: true }).catch(() => undefined);
  }
}
