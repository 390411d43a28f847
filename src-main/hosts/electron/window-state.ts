// Where the window stood when it was last closed, in home/window.json.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { screen, type BrowserWindow, type Rectangle } from 'electron';
import * as v from 'valibot';
import { makeFolder, writeSafely } from '../../services/disk.ts';

const fileName = 'window.json';
/** Part of a window that must be seen on some screen, in px each way. */
const leastSeenPx = 100;
const standardSize = { width: 1440, height: 920 };

const px = v.pipe(v.number(), v.integer(), v.minValue(-100_000), v.maxValue(100_000));
const stateSchema = v.object({
  bounds: v.object({ x: px, y: px, width: px, height: px }),
  isMaximized: v.boolean(),
});
type WindowState = v.InferOutput<typeof stateSchema>;

export interface WindowPlace {
  readonly bounds: Partial<Rectangle>;
  readonly isMaximized: boolean;
}

/** The remembered place; the standard size where there is none or its screen is gone. */
export async function readWindowPlace(home: string): Promise<WindowPlace> {
  const words = await readFile(join(home, fileName), 'utf8').catch(() => '');
  const checked = v.safeParse(stateSchema, parsed(words));
  return checked.success && isSeen(checked.output.bounds) ? checked.output : { bounds: standardSize, isMaximized: false };
}

/** Remembers the window's place when it closes. `onTrouble` is told what could not be written. */
export function rememberPlace(window: BrowserWindow, home: string, onTrouble: (thrown: unknown) => void): void {
  window.on('close', () => {
    const state: WindowState = { bounds: window.getNormalBounds(), isMaximized: window.isMaximized() };
    const write = async (): Promise<void> => {
      await makeFolder(home);
      await writeSafely(join(home, fileName), new TextEncoder().encode(JSON.stringify(state)));
    };
    write().catch(onTrouble);
  });
}

function isSeen({ x, y, width, height }: Rectangle): boolean {
  return screen.getAllDisplays().some(({ workArea: area }) => {
    const across = Math.min(x + width, area.x + area.width) - Math.max(x, area.x);
    const down = Math.min(y + height, area.y + area.height) - Math.max(y, area.y);
    return across >= leastSeenPx && down >= leastSeenPx;
  });
}

function parsed(words: string): unknown {
  try {
    return JSON.parse(words);
  } catch {
    return undefined;
  }
}
