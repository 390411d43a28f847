// Memory of the studio's processes for bench/canvas.
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import type { CanvasPage } from './canvas-page.ts';

/** Processes at rest collect within eleven looks of 1.5 s (services/idle-memory.ts), and what was freed goes back to the system a moment later. */
const settleMs = 18_000;

/** MB. */
export interface MemoryMB {
  /** The page's own heap and the tiles its canvas keeps. */
  readonly page: number;
  /** Resident memory of the browser's process for the page, workers and canvases included. */
  readonly renderer: number;
  /** Resident memory of the host and its children. */
  readonly host: number;
}

function residentMB(pid: number): number {
  try {
    return Number(/^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1000;
  } catch {
    return 0; // It has ended meanwhile.
  }
}

function parentOf(pid: number): number {
  try {
    return Number(/^PPid:\s+(\d+)$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0);
  } catch {
    return 0;
  }
}

function familyOf(pid: number): number[] {
  const children = readdirSync('/proc').map(Number).filter((each) => each > 0 && parentOf(each) === pid);
  return [pid, ...children.flatMap(familyOf)];
}

export async function memoryOf(page: CanvasPage, hostPid: number, cachedBytes: number): Promise<MemoryMB> {
  const usedBytes = await page.collectGarbage();
  await wait(settleMs);
  const sum = (pids: readonly number[]): number => Math.round(pids.reduce((all, pid) => all + residentMB(pid), 0));
  return { page: Math.round((usedBytes + cachedBytes) / 1e6), renderer: sum(await page.renderers()), host: sum(familyOf(hostPid)) };
}
