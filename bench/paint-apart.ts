// Paints one picture in a process of its own, since peak memory belongs to a process.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { plainPaint } from '../src-main/contract/document.ts';
import { foldersOf } from '../src-main/services/node-platform.ts';
import { stylizeFiles } from '../src-main/services/stylize/stylize-files.ts';

export interface Painting {
  readonly picture: string;
  readonly out: string;
  readonly style: string;
  /** 0 paints once, at the result's own pixels. */
  readonly strokePercent: number;
  readonly longSidePx?: number;
  readonly threads: number;
}

export interface PaintCost {
  /** Decoding and encoding included, start of the process not. */
  readonly seconds: number;
  /** Peak resident memory of the whole process. */
  readonly peakMb: number;
}

/** Throws where the child failed; its words are on standard error. */
export function paintApart(painting: Painting): PaintCost {
  const words = ['--import', 'tsx', fileURLToPath(import.meta.url), JSON.stringify(painting)];
  const child = spawnSync(process.execPath, words, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  if (child.status !== 0) throw new Error(`painting ${painting.picture} ended with ${child.status}`);
  return JSON.parse(child.stdout) as PaintCost;
}

async function paintHere({ picture, out, style, ...rest }: Painting): Promise<PaintCost> {
  const start = performance.now();
  const request = {
    files: [{ picture, out }],
    mix: [{ style, weight: 1 }],
    ...plainPaint, tilePx: 512, device: 'cpu' as const, ...rest,
  };
  const watch = { signal: new AbortController().signal, progress: () => undefined, warn: () => undefined, started: () => undefined };
  await stylizeFiles(request, foldersOf(process.env), watch);
  return { seconds: (performance.now() - start) / 1000, peakMb: peakMb() };
}

/** Linux counts the parent's peak into a child's maxRSS (its memory is the child's until exec), so its own mark is read there. */
function peakMb(): number {
  const own = process.platform === 'linux' ? /^VmHWM:\s*(\d+) kB/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] : undefined;
  return Math.round((own === undefined ? process.resourceUsage().maxRSS : Number(own)) / 1024);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.stdout.write(JSON.stringify(await paintHere(JSON.parse(process.argv[2] ?? '') as Painting)));
