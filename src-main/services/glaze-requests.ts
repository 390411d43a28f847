// Requests about glazes.
import { StudioError } from '../contract/fault.ts';
import type { StudioApi } from '../contract/studio-api.ts';
import { documentRequests } from './document-requests.ts';
import type { GlazeLive } from './glaze-live.ts';
import type { StudioContext } from './studio-context.ts';

/** A page that opens a document knows it by then. */
const retoldAfterMs = 50;

export function glazeRequests(context: StudioContext, live: GlazeLive): Pick<StudioApi, 'glaze.measure' | 'documents.open'> {
  const { documents, engine } = context;
  const open = documentRequests(context)['documents.open'];
  return {
    /** A page that opens what is open already has missed its paint. */
    'documents.open': async (params) => {
      const opened = await open(params);
      setTimeout(() => live.retell(params.document), retoldAfterMs).unref();
      return opened;
    },
    'glaze.measure': async ({ document: id, layer }) => {
      const document = documents.get(id);
      const { statistics } = await engine.ask('glaze.measure', { document: id, layer });
      if (!statistics) throw new StudioError('usage.invalid', { reason: 'the glaze has no style to be measured for' });
      const [asset] = await document.assets.put([statistics]);
      return { statistics: asset! };
    },
  };
}
