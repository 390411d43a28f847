// The document a first hour begins with: a sample picture under a glaze.
import { randomUUID } from 'node:crypto';
import { plainPaint, rootId, type DocumentRecord, type GlazeSettings, type LayerOf } from '../../contract/document.ts';
import { madeNames } from '../../contract/made-names.ts';
import type { LanguageTag } from '../../contract/studio-records.ts';
import { layerEnvelope } from './new-document.ts';

/** Of resources/samples, and the shipped style that suits it. */
export const samplePicture = 'evening-lake.jpg';
const sampleStyle = 'gauguin-tahiti';

const settings: GlazeSettings = { ...plainPaint, styles: [{ style: sampleStyle, weight: 1 }] };

/** The imported sample with a glaze on top of its picture. */
export function sampleDocument(imported: DocumentRecord, language: LanguageTag): DocumentRecord {
  const glaze: LayerOf<'glaze'> = { ...layerEnvelope(madeNames[language].glaze), id: randomUUID(), kind: 'glaze', settings, statisticsLocked: false };
  const root = imported.layers[rootId] as LayerOf<'group'>;
  const named = Object.entries(imported.layers).map(([id, layer]) => [id, id === rootId ? layer : { ...layer, name: madeNames[language].picture }] as const);
  return {
    ...imported,
    name: madeNames[language].sample,
    layers: { ...Object.fromEntries(named), [glaze.id]: glaze, [rootId]: { ...root, children: [...root.children, glaze.id] } },
  };
}
