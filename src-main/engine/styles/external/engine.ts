// The engine of foreign networks, as the list of engines knows it.
import { StudioError } from '../../../contract/fault.ts';
import { faded } from '../faded.ts';
import type { StyleEngine, StyleOpening, StyleRunner } from '../style-engine.ts';
import { openExternal } from './open-external.ts';
import { openExternalPair } from './open-external-pair.ts';

export const external: StyleEngine = {
  id: 'external',
  title: 'Foreign network',
  paper: 'Johnson, Alahi & Fei-Fei 2016, and whoever made the file',
  params: { strength: { kind: 'number', label: 'param.strength', min: 0, max: 1, step: 0.01, default: 1 } },
  mixes: false,
  paints: (source) => source.kind === 'network',
  open,
};

/** Opens the one network of the mix, and says what was found out about it. Throws as openExternal and openExternalPair. */
async function open({ mix, strength, sessions, provider, threads, warn }: StyleOpening): Promise<StyleRunner> {
  const source = mix[0]?.source;
  if (source?.kind !== 'network' || mix.length !== 1) throw new StudioError('internal', { reason: 'the external engine opens one network at a time' });
  const { file, model, channels, predictor } = source;
  const options = { sessions, provider, ...(threads !== undefined && { threads }), ...(channels && { channels }) };
  const runner = predictor ? await openExternalPair({ file, model }, predictor, predictor.stylePicture, options) : await openExternal(model, file, options);
  for (const { key, details } of runner.notes) warn(key, details);
  return faded(runner, strength);
}
