// A program that is killed while it paints: every stroke it was told is kept is there, and the document always opens.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { build } from 'vite';
import { expect, it } from 'vitest';
import { documentsIn, emptyDocument } from '../../support/open-documents.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const kills = 50;

/** One file that plain Node runs: starting TypeScript fifty times would take a minute. */
async function bundled(folder: string): Promise<string> {
  const entry = resolve('test/support/stroke-child.ts');
  await build({ configFile: false, logLevel: 'silent', build: { ssr: entry, outDir: folder, emptyOutDir: false, minify: false, rollupOptions: { output: { entryFileNames: 'stroke-child.mjs' } } }, ssr: { noExternal: true } });
  return join(folder, 'stroke-child.mjs');
}

interface News {
  readonly opened?: number;
  readonly kept?: string;
}

/** Runs the painter until `afterMs` after its first stroke; answers the strokes it was told are kept. */
async function killed(script: string, home: string, id: string, afterMs: number): Promise<string[]> {
  const child = spawn(process.execPath, [script, home, id], { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  const kept: string[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => {
    const news = JSON.parse(line) as News;
    if (news.kept === undefined) return;
    if (kept.push(news.kept) === 1) setTimeout(() => child.kill('SIGKILL'), afterMs);
  });
  const [code, signal] = (await exited) as [number | null, string | null];
  expect([code, signal]).toEqual([null, 'SIGKILL']);
  return kept;
}

it(`survives ${kills} kills at random moments with every stroke that was acknowledged`, { timeout: 300_000 }, async () => {
  const home = temporaryFolder();
  const script = await bundled(home);
  const document = await emptyDocument(documentsIn(home), 'painting');
  await document.close();
  const kept: string[] = [];
  for (let round = 0; round < kills; round++) {
    kept.push(...(await killed(script, home, 'painting', Math.random() * 60)));
    if (round % 10 !== 9 && round !== 0) continue;
    const opened = await documentsIn(home).open('painting');
    expect(opened.readOnly).toBe(false);
    expect(opened.notes).toHaveLength(1);
    const found = new Set(opened.history().entries.map((entry) => entry.id));
    expect(kept.filter((entry) => !found.has(entry))).toEqual([]);
    // at most the stroke that was under way when it was killed stands there unasked
    expect(found.size).toBeLessThanOrEqual(kept.length + round + 1);
    for (const entry of found) opened.recordAt(entry);
    await opened.close();
    const again = await documentsIn(home).open('painting');
    expect(again.notes).toEqual([]);
    await again.close();
  }
  expect(kept.length).toBeGreaterThan(kills);
});
