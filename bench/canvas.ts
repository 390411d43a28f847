// Stroke to pixels, pan and zoom, memory after many strokes: the built studio in Chromium, 4096², eight layers. Prints JSON.
// npx tsx bench/canvas.ts [--strokes 500] [--side 4096]
import { parseArgs } from 'node:util';
import type { Page } from 'playwright-core';
import { startStudioHost } from '../test/support/studio-host.ts';
import { openChromium } from '../test/support/chromium.ts';
import { machine } from './machine.ts';
import { canvasDocument } from './canvas-document.ts';

const { values } = parseArgs({ options: { strokes: { type: 'string', default: '500' }, side: { type: 'string', default: '4096' } } });

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

async function memoryMB(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = (await session.send('Runtime.getHeapUsage')) as { usedSize: number };
  const { cachedBytes } = await onCanvas<Figures>(page, 'return canvas.stats();');
  await session.detach();
  return (usedSize + cachedBytes) / 1e6;
}

const host = await startStudioHost();
const browser = await openChromium();
try {
  const page = await (await browser.newContext({ locale: 'en-GB', viewport: { width: 1600, height: 1000 } })).newPage();
  await page.goto(host.address());
  await page.locator('[data-state=engine].answering').waitFor();
  const openedMs = performance.now();
  await onCanvas(page, canvasDocument(Number(values.side)));
  await page.locator('.surface[aria-busy=false]').waitFor();
  const results: Record<string, unknown> = { machine: machine(), side: Number(values.side), openMs: Math.round(performance.now() - openedMs) };
  for (const view of ['fit', 'oneToOne'] as const) {
    await onCanvas(page, `canvas.${view}(); canvas.setTool('brush'); canvas.setBrush({ sizePx: ${dabPx}, pressureSize: false }); await new Promise((done) => setTimeout(done, 1500));`);
    await strokes(page, warmStrokes);
    await onCanvas(page, 'await canvas.stats();');
    await strokes(page, measuredStrokes);
    const { strokeMs } = await onCanvas<Figures>(page, 'return canvas.stats();');
    const frames = await viewFrames(page);
    results[view] = { strokes: strokeMs.length, strokeMsP50: quantile(strokeMs, 0.5), strokeMsP95: quantile(strokeMs, 0.95), viewFrameMsP50: quantile(frames, 0.5), viewFrameMsP95: quantile(frames, 0.95) };
  }
  await page.waitForTimeout(sweptAfterMs);
  const before = await memoryMB(page);
  await strokes(page, Number(values.strokes));
  await page.waitForTimeout(sweptAfterMs);
  const after = await memoryMB(page);
  results['memory'] = { strokes: Number(values.strokes), beforeMB: Math.round(before), afterMB: Math.round(after), growthPercent: Math.round((100 * (after - before)) / before) };
  process.stdout.write(`${JSON.stringify(results, null, 2)}\n`);
} finally {
  await browser.close();
  await host.close();
}
