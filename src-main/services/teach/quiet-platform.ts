// A platform whose trainer gives way to the window and its engine.
import { constants, setPriority } from 'node:os';
import type { Platform, ProcessEntry } from '../platform.ts';

export function quietPlatform(platform: Platform): Platform {
  const startProcess = (entry: ProcessEntry) => {
    const link = platform.startProcess(entry);
    try {
      if (link.pid !== undefined) setPriority(link.pid, constants.priority.PRIORITY_BELOW_NORMAL);
    } catch {
      platform.log('debug', 'the trainer keeps its priority'); // some systems do not allow it
    }
    return link;
  };
  return { ...platform, startProcess };
}
