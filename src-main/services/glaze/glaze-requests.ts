// Requests about glazes.
import { StudioError } from '../../contract/fault.ts';
import type { StudioApi } from '../../contract/studio-api.ts';
import type { GlazeLive } from './glaze-live.ts';
import type { StudioContext } from '../host/studio-context.ts';

/** A page that opens a document knows it by then. */
const retoldAfterMs = 50;

/** Answers of other services that glazes have to know of. */
export interface FollowedRequests {
  readonly open: StudioApi['documents.open'];
  readonly change: StudioApi['settings.change'];
}

export function glazeRequests({ documents, engine }: Pick<StudioContext, 'documents' | 'engine'>, live: GlazeLive, { open, change }: FollowedRequests): Pick<StudioApi, 'glaze.measure' | 'glaze.rest' | 'recipe.masks' | 'documents.open' | 'settings.change'> {
  return {
    /** A page that opens what is open already has missed its paint. */
    'documents.open': async (params, page) => {
      const opened = await open(params, page);
      setTimeout(() => live.retell(params.document), retoldAfterMs).unref();
      return opened;
    },
    /** Glazes are painted anew on another device; their memory is another. */
    'settings.change': async (changes) => {
      const settings = await change(changes);
      if ('memoryMB' in changes) await live.budget();
      if ('device' in changes || 'threads' in changes) await live.restart();
      return settings;
    },
    'glaze.measure': async ({ document: id, layer }) => {
      const document = documents.get(id);
      const { statistics } = await engine.ask('glaze.measure', { document: id, layer });
      if (!statistics) throw new StudioError('usage.invalid', { reason: 'the glaze has no style to be measured for' });
      const [asset] = await document.assets.put([statistics]);
      return { statistics: asset! };
    },
    'glaze.rest': async ({ document, layers }) => ({ sequences: await live.rest(document, layers) }),
    'recipe.masks': async ({ document: id, masks }) => {
      const document = documents.get(id);
      const { width, height } = document.record();
      const placed = await engine.ask('recipe.masks', { masks, canvas: { width, height }, assets: document.assets.folder });
      await document.assets.adopt(placed.masks.flatMap(({ tiles }) => Object.values(tiles)));
      return placed;
    },
  };
}
