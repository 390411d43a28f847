// An export as the engine process carries it out: the scene of the state, its recipe, the file.
import type { EngineScene } from '../../contract/engine-api.ts';
import type { SessionFactory } from '../../engine/runtime/session.ts';
import { threadsFor } from '../../engine/runtime/device.ts';
import { documentRecipe } from './document-recipe.ts';
import { exportDocument, exportSize, type Exported, type ExportOrder, type ExportWatch } from './export-document.ts';
import type { GlazeDesk } from '../glaze/glaze-desk.ts';
import { sceneOf } from '../glaze/still-scene.ts';

export interface ExportFileOrder extends EngineScene, Omit<ExportOrder, 'recipe'> {
  /** Whether the file says how it was made. */
  readonly withRecipe: boolean;
}

/** Throws as sceneOf, documentRecipe and exportDocument. */
export async function exportFile(order: ExportFileOrder, desk: GlazeDesk, sessions: SessionFactory, watch: ExportWatch): Promise<Exported> {
  const { record, folders, threads = threadsFor('painter', { windowActive: true, both: false }) } = order;
  watch.progress({ stage: 'paint', done: 0, total: 1 });
  const scene = await sceneOf({ ...order, shown: {} }, desk, { ...order, sessions }, watch.signal);
  const made = order.withRecipe ? await documentRecipe(scene, exportSize(record, order), folders, { provider: order.device, threads, signal: watch.signal }) : undefined;
  const exported = await exportDocument(scene, { ...order, ...(made ? { recipe: JSON.stringify(made.recipe) } : {}) }, folders.work, watch);
  return { ...exported, notes: [...exported.notes, ...(made?.notes ?? [])] };
}
