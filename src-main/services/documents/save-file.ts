// A document with its layers as a file, as the engine process writes it: OpenRaster or PSD.
import { rm } from 'node:fs/promises';
import type { EngineScene } from '../../contract/engine-api.ts';
import type { SessionFactory } from '../../engine/runtime/session.ts';
import { makeFolder } from '../disk.ts';
import type { ExportWatch } from '../export/export-document.ts';
import type { GlazeDesk } from '../glaze/glaze-desk.ts';
import { writeOra } from '../openraster/ora-export.ts';
import { writePsd } from '../psd/psd-export.ts';
import { sceneOf } from '../glaze/still-scene.ts';
import { makeWorkFolder } from '../stylize/work-folder.ts';

export interface SaveFileOrder extends EngineScene {
  readonly format: 'ora' | 'psd';
  readonly out: string;
  /** Earlier files of that name that are kept beside it. */
  readonly generations: number;
}

/** Throws as sceneOf, writeOra, writePsd; what was at `out` stays then. */
export async function saveFile(order: SaveFileOrder, desk: GlazeDesk, sessions: SessionFactory, watch: ExportWatch): Promise<null> {
  watch.progress({ stage: 'paint', done: 0, total: 1 });
  const scene = await sceneOf({ ...order, shown: {} }, desk, { ...order, sessions }, watch.signal);
  if (order.format === 'psd') await writePsd(scene, order.out, watch);
  else {
    await makeFolder(order.folders.work);
    const scratch = await makeWorkFolder(order.folders.work);
    try {
      await writeOra(scene, order.out, { ...watch, scratch, generations: order.generations });
    } finally {
      await rm(scratch, { recursive: true, force: true }).catch(() => undefined);
    }
  }
  return null;
}
