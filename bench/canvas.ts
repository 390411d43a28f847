// Stroke to pixels, pan and zoom, memory after many strokes and jobs: the built studio in Chromium, 4096², eight layers. Prints JSON.
// npm run bench -- canvas [--strokes 500] [--jobs 100] [--side 4096]: about six minutes on two cores; how far it is goes to stderr
//   [--beside-training [--painting FILE] [--idle 10]]: the studio teaches meanwhile; steps per second with the canvas at rest and in use
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { DocumentId } from '../src-main/contract/document.ts';
import { startStudioHost } from '../test/support/studio-host.ts';
import { openStudioWire } from '../test/support/studio-wire.ts';
import { machine } from './machine.ts';
import { canvasDocument } from './canvas-document.ts';
import { runJobs } from './canvas-jobs.ts';
import { memoryOf, type MemoryMB } from './canvas-memory.ts';
import { openCanvasPage, type CanvasPage } from './canvas-page.ts';
import { startTeaching } from './studio-teaching.ts';

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
/** Moves of the pen in a stroke that is measured, and in one that only leaves its step and tiles behind. */
const [measuredMoves, quickMoves] = [30, 10];
/** Strokes and jobs before memory is taken for the first time: all that is loaded, compiled or kept up to a limit is there then. */
const [settlingStrokes, settlingJobs] = [40, 4];
/** Of the document that most jobs are of. */
const jobSide = 1024;
/** Strokes between two words on stderr. */
const toldEvery = 50;
/** Tiles of earlier states are gone after so long at rest. */
const sweptAfterMs = 7000;

interface Figures {
  readonly strokeMs: readonly number[];
  readonly frameMs: readonly number[];
  readonly cachedBytes: number;
}

/** Calls the page's canvas store. */
function onCanvas<T>(page: CanvasPage, body: string): Promise<T> {
  return page.evaluate(`(async () => {
    const stores = document.querySelector('#app').__vue_app__.config.globalProperties.$pinia._s;
    const [canvas, studio, host] = ['canvas', 'document', 'host'].map((name) => stores.get(name));
    ${body}
  })()`);
}

const quantile = (list: readonly number[], share: number): number => Number(([...list].sort((a, b) => a - b)[Math.min(list.length - 1, Math.floor(list.length * share))] ?? NaN).toFixed(1));

/** The same path in fewer or more moves. */
async function strokes(page: CanvasPage, count: number, moves: number, done: (strokes: number) => void = () => undefined): Promise<void> {
  const [x, y] = await page.evaluate<[number, number]>(`(({ x, y, width, height }) => [x + width / 2, y + height / 2])(document.querySelector('.surface').getBoundingClientRect())`);
  for (let stroke = 0; stroke < count; stroke++) {
    const down = y - 120 + ((stroke * 37) % 240);
    await onCanvas(page, `canvas.setColour([${(stroke * 0.37) % 1}, ${(stroke * 0.61) % 1}, 0.4, 1]);`); // Paint of its own colour changes pixels.
    await page.mouse('mouseMoved', x - 180, down);
    await page.mouse('mousePressed', x - 180, down);
    for (let move = 1; move <= moves; move++) await page.mouse('mouseMoved', x - 180 + (360 * move) / moves, down + Math.sin((7.5 * move) / moves) * 30);
    await page.mouse('mouseReleased', x + 180, down);
    if ((stroke + 1) % toldEvery === 0) done(stroke + 1);
  }
  await onCanvas(page, 'await canvas.settled(); await studio.settled();');
}

/** Frames as the page sees them while the view moves every time, ms. */
function viewFrames(page: CanvasPage): Promise<number[]> {
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

const growth = (before: MemoryMB, after: MemoryMB): Record<string, number> =>
  Object.fromEntries(Object.entries(after).map(([of, mb]) => [of, Math.round((100 * (mb - before[of as keyof MemoryMB])) / before[of as keyof MemoryMB])]));

const host = await startStudioHost();
const page = await openCanvasPage(host.address(), 1600, 1000);
const startedMs = performance.now();
const tell = (what: string): void => void process.stderr.write(`${((performance.now() - startedMs) / 1000).toFixed(0).padStart(4)} s  ${what}\n`);

/** Makes a document and shows it; answers once all in sight is as it should be. */
async function openDocument(side: number): Promise<DocumentId> {
  await onCanvas(page, canvasDocument(side));
  await onCanvas(page, 'while ((await canvas.stats()).staleTiles > 0) await new Promise((done) => setTimeout(done, 50));');
  return onCanvas(page, 'return studio.record.id;');
}

async function rested(): Promise<MemoryMB> {
  await wait(sweptAfterMs);
  const { cachedBytes } = await onCanvas<Figures>(page, 'return canvas.stats();');
  return memoryOf(page, host.process(), cachedBytes);
}

try {
  await page.evaluate(`(async () => { while (!document.querySelector('[data-state=engine].answering')) await new Promise((done) => setTimeout(done, 50)); })()`);
  const wire = await openStudioWire(host.address());
  const small = await openDocument(jobSide);
  const openedMs = performance.now();
  const large = await openDocument(Number(values.side));
  const results: Record<string, unknown> = { machine: machine(), side: Number(values.side), openMs: Math.round(performance.now() - openedMs) };
  tell('the document is there');
  const teaching = values['beside-training'] ? await startTeaching(wire, values.painting) : undefined;
  await teaching?.rate();
  if (teaching) await wait(1000 * Number(values.idle));
  const alone = await teaching?.rate();
  for (const view of ['fit', 'oneToOne'] as const) {
    await onCanvas(page, `canvas.${view}(); canvas.setTool('brush'); canvas.setBrush({ sizePx: ${dabPx}, pressureSize: false }); await new Promise((done) => setTimeout(done, 1500));`);
    await strokes(page, warmStrokes, measuredMoves);
    await onCanvas(page, 'await canvas.stats();');
    await strokes(page, measuredStrokes, measuredMoves);
    const { strokeMs } = await onCanvas<Figures>(page, 'return canvas.stats();');
    const frames = await viewFrames(page);
    results[view] = { strokes: strokeMs.length, strokeMsP50: quantile(strokeMs, 0.5), strokeMsP95: quantile(strokeMs, 0.95), viewFrameMsP50: quantile(frames, 0.5), viewFrameMsP95: quantile(frames, 0.95) };
    tell(`strokes and view, ${view}`);
  }
  if (teaching && alone !== undefined) {
    const beside = await teaching.rate();
    await teaching.stop();
    results['training'] = { stepsPerSecondAlone: Number(alone.toFixed(2)), stepsPerSecondBeside: Number(beside.toFixed(2)), sharePercent: Math.round((100 * beside) / alone) };
  }
  const [count, jobs] = [Number(values.strokes), Number(values.jobs)];
  const both = async (some: number, ofJobs: number): Promise<void> => {
    const told = (what: string) => (done: number) => tell(`${done} ${what}`);
    await Promise.all([strokes(page, some, quickMoves, told('strokes')), runJobs(wire, { small, large }, ofJobs, told('jobs'))]);
  };
  if (count + jobs > 0) {
    await both(settlingStrokes, settlingJobs);
    const before = await rested();
    tell(`memory ${JSON.stringify(before)}`);
    await both(count, jobs);
    const after = await rested();
    results['memory'] = { strokes: count, jobs, beforeMB: before, afterMB: after, growthPercent: growth(before, after) };
  }
  tell('done');
  wire.close();
  process.stdout.write(`${JSON.stringify(results, null, 2)}\n`);
} finally {
  await page.close();
  await host.close();
}
