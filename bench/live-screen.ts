// A stroke under a glaze as the artist sees it: from the pen's lift to its place restyled and composited on the page, through
// socket, journal, engine and back. Prints JSON; 1:1, a tap of 256 px; bench/live times the engine's part with more figures.
// npm run bench -- live-screen [--side 2048] [--count 20] [--stroke 0] [--style munch-scream] [--pause 600] [--beside-training]
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { plainPaint } from '../src-main/contract/document.ts';
import { startStudioHost } from '../test/support/studio-host.ts';
import { openStudioWire } from '../test/support/studio-wire.ts';
import { canvasDocument } from './canvas-document.ts';
import { openCanvasPage, type CanvasPage } from './canvas-page.ts';
import { machine, spreadOf } from './machine.ts';
import { startTeaching } from './studio-teaching.ts';

const { values } = parseArgs({
  options: {
    'side': { type: 'string', default: '2048' },
    'count': { type: 'string', default: '20' },
    'stroke': { type: 'string', default: '0' },
    'style': { type: 'string', default: 'munch-scream' },
    'pause': { type: 'string', default: '600' },
    'beside-training': { type: 'boolean', default: false },
    'painting': { type: 'string', default: '../shared/data/paintings/vangogh-starry-night.jpg' },
  },
});
const dabPx = 256;
/** First strokes open sessions and compile code. */
const warmStrokes = 4;

/** The page's stores, and what a stroke waits for: fine paint in every tile it touched, then no tile in sight that is not as it should be. */
const helpers = `
  const stores = document.querySelector('#app').__vue_app__.config.globalProperties.$pinia._s;
  const [canvas, studio, host] = ['canvas', 'document', 'host'].map((name) => stores.get(name));
  const live = (window.live ??= (() => {
    const live = { lifted: 0, wanted: new Set(), painted: () => undefined, atRest: () => undefined };
    addEventListener('pointerup', (event) => (live.lifted = event.timeStamp), true);
    host.transport.onEvent((event) => {
      if (event.kind !== 'glaze.tiles') return;
      if (!event.paint.coarse) for (const place of Object.keys(event.paint.tiles)) live.wanted.delete(place);
      if (live.wanted.size === 0 && !event.paint.coarse) live.painted();
      if (event.paint.atRest) live.atRest();
    });
    return live;
  })());
  const fresh = async () => { while ((await canvas.stats()).staleTiles > 0) await new Promise((done) => setTimeout(done, 1)); };`;

const onPage = <T>(page: CanvasPage, body: string): Promise<T> => page.evaluate(`(async () => {${helpers}\n${body}\n})()`);

/** The lowest layers of bench/canvas, paint above them, and a glaze over all. */
async function openScene(page: CanvasPage, side: number): Promise<void> {
  await onPage(page, canvasDocument(side));
  const settings = { ...plainPaint, styles: [{ style: values.style, weight: 1 }], strokePercent: Number(values.stroke) };
  await onPage(page, `
    const base = { visible: true, locked: false, opacity: 1, blend: 'normal', clip: false };
    const { children } = studio.record.layers.root;
    const modes = children.filter((id) => id.startsWith('bench-') && id !== 'bench-0');
    const kept = [...children.filter((id) => !modes.includes(id)), 'paint', 'glaze'];
    const layers = [{ ...base, id: 'paint', name: 'paint', kind: 'raster', pixels: { x: 0, y: 0, depth: 8, tiles: {} } }, { ...base, id: 'glaze', name: 'glaze', kind: 'glaze', statisticsLocked: true, settings: ${JSON.stringify(settings)} }];
    const rest = new Promise((done) => (live.atRest = done));
    studio.chosen = ['bench-0'];
    studio.commit({ key: 'canvas.paste' }, [...layers.map((layer) => ({ path: ['layers', layer.id], after: layer })), { path: ['layers', 'root', 'children'], before: children, after: kept }, ...modes.map((id) => ({ path: ['layers', id], before: studio.record.layers[id] }))]);
    studio.chosen = ['paint'];
    await rest;
    await fresh();
    canvas.oneToOne();
    canvas.setTool('brush');
    canvas.setBrush({ sizePx: ${dabPx}, pressureSize: false });
    await new Promise((done) => setTimeout(done, 1500));`);
}

/** Milliseconds from lift to paint of its place in the page, and to all in sight as it should be. */
async function tap(page: CanvasPage, index: number): Promise<{ readonly toldMs: number; readonly shownMs: number }> {
  const [x, y] = await onPage<[number, number]>(page, `
    const { left, top, width, height } = document.querySelector('.surface').getBoundingClientRect();
    const at = [left + width / 2 + ${((index * 137) % 400) - 200}, top + height / 2 + ${((index * 71) % 300) - 150}];
    canvas.setColour([${(index * 0.37) % 1}, ${(index * 0.61) % 1}, 0.4, 1]);
    const { view, screen, ratio } = canvas;
    const middle = [view.x + ((at[0] - left) * ratio - screen.width / 2) / view.zoom, view.y + ((at[1] - top) * ratio - screen.height / 2) / view.zoom];
    const tiles = (at) => [Math.floor((at - ${dabPx / 2 - 24}) / 256), Math.floor((at + ${dabPx / 2 - 24}) / 256)];
    const [columns, rows] = middle.map(tiles);
    live.wanted = new Set(columns.flatMap((column) => rows.map((row) => column + ',' + row)));
    window.stroke = new Promise((done) => (live.painted = done)).then(async () => {
      const told = performance.now();
      await fresh();
      return { toldMs: told - live.lifted, shownMs: performance.now() - live.lifted };
    });
    window.rest = new Promise((done) => (live.atRest = done));
    return at;`);
  await page.mouse('mouseMoved', x, y);
  await page.mouse('mousePressed', x, y);
  await page.mouse('mouseReleased', x, y);
  const times = await page.evaluate<{ readonly toldMs: number; readonly shownMs: number }>('window.stroke');
  await page.evaluate('window.rest.then(() => undefined)');
  return times;
}

const host = await startStudioHost();
const page = await openCanvasPage(host.address(), 1600, 1000);
try {
  await page.evaluate(`(async () => { while (!document.querySelector('[data-state=engine].answering')) await new Promise((done) => setTimeout(done, 50)); })()`);
  const wire = await openStudioWire(host.address());
  await openScene(page, Number(values.side));
  const teaching = values['beside-training'] ? await startTeaching(wire, values.painting) : undefined;
  for (let index = 0; index < warmStrokes; index++) await tap(page, index);
  const times = [];
  for (let index = 0; index < Number(values.count); index++) {
    await wait(Number(values.pause));
    times.push(await tap(page, warmStrokes + index));
  }
  await teaching?.stop();
  wire.close();
  process.stdout.write(`${JSON.stringify({ bench: 'live-screen', machine: machine(), side: Number(values.side), strokePercent: Number(values.stroke), besideTraining: values['beside-training'], told: spreadOf(times.map(({ toldMs }) => toldMs)), shown: spreadOf(times.map(({ shownMs }) => shownMs)) }, null, 2)}\n`);
} finally {
  await page.close();
  await host.close();
}
