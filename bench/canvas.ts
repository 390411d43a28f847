// Stroke to pixels, pan and zoom, memory after many strokes and jobs: the built studio in Chromium, 4096², eight layers. Prints JSON.
// npm run bench -- canvas [--strokes 500] [--jobs 100] [--side 4096]
//   [--beside-training [--painting FILE] [--idle 10]]: the studio teaches meanwhile; steps per second with the canvas at rest and in use
import { resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { Page } from 'playwright-core';
import { startStudioHost } from '../test/support/studio-host.ts';
import { openChromium } from '../test/support/chromium.ts';
import { openStudioWire, type StudioWire } from '../test/support/studio-wire.ts';
import { machine } from './machine.ts';
import { canvasDocument } from './canvas-document.ts';
import { memoryOf, type MemoryMB } from './canvas-memory.ts';

const { values } = parseArgs({
  options: {
    'strokes': { type: 'string', default: '500' },
    'jobs': { type: 'string', default: '100' },
    'side': { type: 'string', default: '4096' },
    'beside-training': { type: 'boolean', default: false },
    'painting': { type: 'string', default: '../shared/data/paintings/vangogh-starry-night.jpg' },
    'idle': { type: 'string', default: '10' },
  },
});

const dabPx = 256;
/** First strokes compile code and are not counted. */
const warmStrokes = 6;
const measuredStrokes = 12;
/** Tiles of earlier states are gone after so long at rest. */
const sweptAfterMs = 7000;

interface Figures {
  readonly strokeMs: readonly number[];
  readonly frameMs: readonly number[];
  readonly cachedBytes: number;
}

/** Calls the page's canvas store. */
function onCanvas<T>(page: Page, body: string): Promise<T> {
  return page.evaluate(`(async () => {
    const stores = document.querySelector('#app').__vue_app__.config.globalProperties.$pinia._s;
    const [canvas, studio, host] = ['canvas', 'document', 'host'].map((name) => stores.get(name));
    ${body}
  })()`);
}

const quantile = (list: readonly number[], share: number): number => Number(([...list].sort((a, b) => a - b)[Math.min(list.length - 1, Math.floor(list.length * share))] ?? NaN).toFixed(1));

async function strokes(page: Page, count: number): Promise<void> {
  const box = await page.locator('.surface').boundingBox();
  if (!box) throw new Error('There is no canvas to be seen.');
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  for (let stroke = 0; stroke < count; stroke++) {
    const down = y - 120 + ((stroke * 37) % 240);
    await onCanvas(page, `canvas.setColour([${(stroke * 0.37) % 1}, ${(stroke * 0.61) % 1}, 0.4, 1]);`); // Paint of its own colour changes pixels.
    await page.mouse.move(x - 180, down);
    await page.mouse.down();
    for (let step = 1; step <= 30; step++) await page.mouse.move(x - 180 + step * 12, down + Math.sin(step / 4) * 30);
    await page.mouse.up();
  }
  await onCanvas(page, 'await canvas.settled(); await studio.settled();');
}

/** Frames as the page sees them while the view moves every time, ms. */
function viewFrames(page: Page): Promise<number[]> {
  return onCanvas(page, `
    const frames = [];
    let last = performance.now();
    for (let step = 0; step < 160; step++) {
      if (step % 80 < 40) canvas.pan(step < 80 ? 6 : -6, 3);
      else canvas.zoomTo(canvas.view.zoom * (step < 80 ? 1.02 : 1 / 1.02));
      await new Promise(requestAnimationFrame);
      const now = performance.now();
      frames.push(now - last);
      last = now;
    }
    return frames;`);
}

/** Exports and variants of the document, one after the other as the host takes them. */
async function runJobs(wire: StudioWire, count: number): Promise<void> {
  const [card] = await wire.ask('documents.list');
  const style = (await wire.ask('styles.list'))[0];
  if (!card || !style) throw new Error('There is nothing to make jobs of.');
  const settings = { styles: [{ style: style.id, weight: 1 }], strength: 1, keepColours: 0, strokePercent: 100, seed: 1, noise: 0 };
  for (let job = 0; job < count; job++) {
    if (job % 2 === 0) await wire.ask('export', { document: card.id, format: 'png', width: 256, height: 256, name: `Job ${job}` });
    else await wire.ask('variants.render', { document: card.id, longSidePx: 96, meters: false, items: [{ ...settings, seed: job }] });
    while ((await wire.ask('jobs.list')).some(({ state }) => state === 'waiting' || state === 'running')) await wait(50);
  }
  const failed = (await wire.ask('jobs.list')).filter(({ state }) => state !== 'done');
  if (failed.length > 0) throw new Error(`${failed.length} jobs were not done: ${JSON.stringify(failed[0])}`);
}

interface Teaching {
  /** Steps per second since it was last asked. */
  rate(): Promise<number>;
  stop(): Promise<void>;
}

/** A teaching of the studio's own, once it makes steps. */
async function startTeaching(wire: StudioWire): Promise<Teaching> {
  const { run } = await wire.ask('teach.start', { name: 'beside', paintings: [{ file: { path: resolve(values.painting) } }], seconds: 3600 });
  const now = async () => (await wire.ask('teach.list')).find((each) => each.run === run);
  const stepsNow = async (): Promise<number> => {
    const state = await now();
    if (state?.fault) throw new Error(`The teaching failed: ${JSON.stringify(state.fault)}`);
    return state?.metrics?.step ?? 0;
  };
  while ((await stepsNow()) < 20) await wait(200);
  let [steps, since] = [await stepsNow(), performance.now()];
  return {
    rate: async () => {
      const [made, at] = [await stepsNow(), performance.now()];
      const rate = ((made - steps) * 1000) / (at - since);
      [steps, since] = [made, at];
      return rate;
    },
    stop: async () => void (await wire.ask('teach.stop', { run, keep: false })),
  };
}

const growth = (before: MemoryMB, after: MemoryMB): Record<string, number> =>
  Object.fromEntries(Object.entries(after).map(([of, mb]) => [of, Math.round((100 * (mb - before[of as keyof MemoryMB])) / before[of as keyof MemoryMB])]));

const host = await startStudioHost();
const browser = await openChromium();
try {
  const page = await (await browser.newContext({ locale: 'en-GB', viewport: { width: 1600, height: 1000 } })).newPage();
  await page.goto(host.address());
  await page.locator('[data-state=engine].answering').waitFor();
  const wire = await openStudioWire(host.address());
  const openedMs = performance.now();
  await onCanvas(page, canvasDocument(Number(values.side)));
  await onCanvas(page, 'while ((await canvas.stats()).staleTiles > 0) await new Promise((done) => setTimeout(done, 50));');
  const results: Record<string, unknown> = { machine: machine(), side: Number(values.side), openMs: Math.round(performance.now() - openedMs) };
  const teaching = values['beside-training'] ? await startTeaching(wire) : undefined;
  await teaching?.rate();
  if (teaching) await wait(1000 * Number(values.idle));
  const alone = await teaching?.rate();
  for (const view of ['fit', 'oneToOne'] as const) {
    await onCanvas(page, `canvas.${view}(); canvas.setTool('brush'); canvas.setBrush({ sizePx: ${dabPx}, pressureSize: false }); await new Promise((done) => setTimeout(done, 1500));`);
    await strokes(page, warmStrokes);
    await onCanvas(page, 'await canvas.stats();');
    await strokes(page, measuredStrokes);
    const { strokeMs } = await onCanvas<Figures>(page, 'return canvas.stats();');
    const frames = await viewFrames(page);
    results[view] = { strokes: strokeMs.length, strokeMsP50: quantile(strokeMs, 0.5), strokeMsP95: quantile(strokeMs, 0.95), viewFrameMsP50: quantile(frames, 0.5), viewFrameMsP95: quantile(frames, 0.95) };
  }
  if (teaching && alone !== undefined) {
    const beside = await teaching.rate();
    await teaching.stop();
    results['training'] = { stepsPerSecondAlone: Number(alone.toFixed(2)), stepsPerSecondBeside: Number(beside.toFixed(2)), sharePercent: Math.round((100 * beside) / alone) };
  }
  const rested = async (): Promise<MemoryMB> => {
    await page.waitForTimeout(sweptAfterMs);
    const { cachedBytes } = await onCanvas<Figures>(page, 'return canvas.stats();');
    return memoryOf(browser, page, host.process(), cachedBytes);
  };
  const [count, jobs] = [Number(values.strokes), Number(values.jobs)];
  if (jobs > 0) await runJobs(wire, 2); // What is loaded for the first job stays.
  const before = await rested();
  await strokes(page, count);
  await runJobs(wire, jobs);
  const after = await rested();
  results['memory'] = { strokes: count, jobs, beforeMB: before, afterMB: after, growthPercent: growth(before, after) };
  wire.close();
  process.stdout.write(`${JSON.stringify(results, null, 2)}\n`);
} finally {
  await browser.close();
  await host.close();
}
