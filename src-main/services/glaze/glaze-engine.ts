// The engine process's answers about live glazes: documents opened over their folders, mixes opened on the device.
import { preparationSettings, type GlazeSettings } from '../../contract/document.ts';
import type { EngineAnswer, EngineMethod, EngineParams } from '../../contract/engine-api.ts';
import type { SessionFactory } from '../../engine/runtime/session.ts';
import { glazeAssets } from './glaze-assets.ts';
import { glazeDesk, type GlazeDesk, type TellGlaze } from './glaze-desk.ts';
import { glazeDocument } from './glaze-document.ts';
import type { Folders } from '../platform.ts';
import { openStyles, type OpenStyles } from '../library/styles.ts';

type GlazeMethod = Extract<EngineMethod, `glaze.${string}`>;
type GlazeAnswers = { readonly [M in GlazeMethod]: (params: EngineParams<M>) => Promise<EngineAnswer<M>> };

/** Where and on what glazes are painted. */
export interface PaintingPlace {
  readonly folders: Folders;
  readonly device: string;
  readonly threads?: number;
  readonly sessions: SessionFactory;
}

/** Where each size of a window has a session of its own: three sizes, and those of a small frame. */
const mostSessions = 4;

/** Opens the mix of a glaze; its masks are the painter's affair. Throws as openStyles. */
export function openGlazeStyles(settings: GlazeSettings, { folders, device, threads, sessions }: PaintingPlace): Promise<OpenStyles> {
  const { styles, strength, seed, noise } = settings;
  const mix = styles.map(({ style, weight }) => ({ style, weight }));
  const masked = styles.some(({ mask }) => mask?.enabled === true);
  return openStyles({ mix, strength, seed, noise, ...preparationSettings(settings), device, masked, mostSessions, manySizes: true, sessions, ...(threads === undefined ? {} : { threads }) }, folders, () => undefined);
}

/** The desk, and what answers questions about it. `tell` is called with everything new. */
export function glazeEngine(sessions: SessionFactory, tell: TellGlaze): { readonly desk: GlazeDesk; readonly answers: GlazeAnswers } {
  const desk = glazeDesk(tell);
  let told = '';
  const answers: GlazeAnswers = {
    async 'glaze.open'({ record, state, assets, ...place }) {
      const opening = async (settings: GlazeSettings, onCpu: boolean): Promise<OpenStyles> => {
        const opened = await openGlazeStyles(settings, { ...place, sessions, ...(onCpu ? { device: 'cpu' } : {}) });
        if (told !== opened.provider) void tell({ kind: 'device', provider: (told = opened.provider), ...(place.device === 'auto' && !onCpu ? {} : { wished: place.device }) });
        return opened;
      };
      await desk.open(glazeDocument({ record, assets: glazeAssets(assets), isWatched: true, workFolder: place.folders.work, openStyles: opening }), state);
      return null;
    },
    async 'glaze.change'({ document, changes, state }) {
      desk.change(document, changes, state);
      return null;
    },
    async 'glaze.close'({ document }) {
      await desk.close(document);
      return null;
    },
    async 'glaze.rest'({ document, layers }) {
      await desk.rest(document, layers);
      return null;
    },
    async 'glaze.measure'({ document, layer }) {
      const statistics = await desk.measure(document, layer);
      return statistics ? { statistics } : {};
    },
  };
  return { desk, answers };
}
