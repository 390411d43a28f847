// A stroke under a glaze: from its pixels to the paint of its place in main, through the real engine process. Prints JSON:
// `first` is the first paint of all that was touched (it is exact there), `exact` the end of all that depends on it.
// npm run bench -- live [--sides 2048,4096] [--strokes 0,100] [--count 40] [--style munch-scream] [--pause 400]
//   [--beside-training [--painting FILE] [--idle 10]]: a teaching in its own process, its steps per second alone and beside
import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { plainPaint, type Raster } from '../src-main/contract/document.ts';
import type { Region } from '../src-main/contract/image.ts';
import type { GlazeTiles } from '../src-main/contract/glaze-tiles.ts';
import { createRandom, type Random } from '../src-main/engine/tensor/random.ts';
import { createPixels, placesIn, withTiles, writeRaster } from '../src-main/raster/tiles.ts';
import { createEngineClient } from '../src-main/services/host/engine-client.ts';
import { nodePlatform } from '../src-main/services/node-platform.ts';
import { createStudio, answerCall, type Studio } from '../src-main/services/host/studio.ts';
import { besideTraining, type BesideTraining } from './beside-training.ts';
import { machine, spreadOf } from './machine.ts';

const { values } = parseArgs({
  options: {
    sides: { type: 'string', default: '2048,4096' },
    strokes: { type: 'string', default: '0,100' },
    count: { type: 'string', default: '40' },
    style: { type: 'string', default: 'munch-scream' },
    pause: { type: 'string', default: '400' },
    'beside-training': { type: 'boolean', default: false },
    painting: { type: 'string', default: '../shared/data/paintings/vangogh-starry-night.jpg' },
    idle: { type: 'string', default: '10' },
  },
});
const strokePx = 256;

interface Scene {
  readonly document: string;
  readonly paint: string;
  readonly sidePx: number;
  raster: Raster;
  readonly bytes: Map<string, Uint8Array>;
  head: string;
}

await measureAll();

async function measureAll(): Promise<void> {
  const home = mkdtempSync(join(tmpdir(), 'velatura-bench-'));
  const platform = nodePlatform({ environment: { ...process.env, VELATURA_HOME: home } });
  const engine = createEngineClient(() => platform.startProcess('engine'));
  const studio = createStudio({ host: 'browser', runtime: process.version, platform, engine });
  const training = values['beside-training'] ? await besideTraining(values.painting, platform) : undefined;
  try {
    const results = [];
    for (const side of values.sides.split(',').map(Number)) for (const strokePercent of values.strokes.split(',').map(Number)) results.push(await measure(studio, side, strokePercent, training));
    process.stdout.write(`${JSON.stringify({ bench: 'live', machine: machine(), load: loadavg()[0], results }, null, 2)}\n`);
  } finally {
    await training?.stop();
    await studio.close();
    rmSync(home, { recursive: true, force: true });
  }
}

async function measure(studio: Studio, sidePx: number, strokePercent: number, training: BesideTraining | undefined): Promise<unknown> {
  const random = createRandom(sidePx + strokePercent);
  const started = performance.now();
  const scene = await openScene(studio, sidePx, strokePercent, random);
  const wholeMs = Math.round(performance.now() - started);
  await wait(1000); // nobody draws the moment a picture is there
  const alone = await training?.stepsPerSecond(Number(values.idle));
  const [first, exact]: number[][] = [[], []];
  for (let i = 0; i < Number(values.count); i++) {
    const region = { x: random.integer(sidePx - strokePx), y: random.integer(sidePx - strokePx), width: strokePx, height: strokePx };
    const { firstMs, restMs } = await paintStroke(studio, scene, region, random);
    first.push(firstMs);
    exact.push(restMs);
    await wait(Number(values.pause));
  }
  const beside = training?.lap();
  await ask(studio, 'documents.close', { document: scene.document });
  const pace = alone !== undefined && beside !== undefined ? { stepsPerSecond: { alone: rounded(alone), beside: rounded(beside), share: rounded(beside / alone) } } : {};
  return { sidePx, strokePercent, strokes: first.length, wholeMs, first: spreadOf(first), exact: spreadOf(exact), ...pace };
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}

async function ask(studio: Studio, method: string, params: unknown = null): Promise<never> {
  const reply = await answerCall(studio, { id: 1, method: method as never, params });
  if (!reply?.result.ok) throw new Error(JSON.stringify(reply?.result));
  return reply.result.value as never;
}

async function commit(studio: Studio, scene: Scene, changes: readonly unknown[]): Promise<void> {
  const id = `e${Math.random().toString(36).slice(2)}`;
  await ask(studio, 'documents.commit', { document: scene.document, entry: { id, parent: scene.head, label: { key: 'stroke' }, at: new Date().toISOString(), changes } });
  scene.head = id;
}

/** A background of noise, a layer for paint, a glaze above; answers when it is painted whole. */
async function openScene(studio: Studio, sidePx: number, strokePercent: number, random: Random): Promise<Scene> {
  const { record } = await ask(studio, 'documents.create', { name: 'bench', width: sidePx, height: sidePx }) as { record: { id: string; layers: Record<string, { children?: string[] }> } };
  const scene: Scene = { document: record.id, paint: 'paint', sidePx, raster: { x: 0, y: 0, depth: 8, tiles: {} }, bytes: new Map(), head: 'first' };
  const base = { visible: true, locked: false, opacity: 1, blend: 'normal', clip: false };
  const background = await paintOn(studio, { ...scene, raster: scene.raster }, { x: 0, y: 0, width: sidePx, height: sidePx }, random, true);
  const settings = { ...plainPaint, styles: [{ style: values.style, weight: 1 }], strokePercent };
  const added = [
    { ...base, id: 'ground', name: 'ground', kind: 'raster', pixels: background },
    { ...base, id: 'paint', name: 'paint', kind: 'raster', pixels: scene.raster },
    { ...base, id: 'glaze', name: 'glaze', kind: 'glaze', settings, statisticsLocked: true },
  ];
  const children = record.layers['root']!.children!;
  let measured = Promise.resolve();
  const stop = studio.onEvent((event) => {
    if (event.kind === 'glaze.measured') measured = commit(studio, scene, [{ path: ['layers', 'glaze', 'statistics'], after: event.statistics }]);
  });
  const rest = restOf(studio, scene.document);
  await commit(studio, scene, [...added.map((layer) => ({ path: ['layers', layer.id], after: layer })), { path: ['layers', 'root', 'children'], before: children, after: [...children, 'ground', 'paint', 'glaze'] }]);
  await rest;
  await measured;
  stop();
  return scene;
}

/** New pixels on a raster, stored; answers the raster with their names. */
async function paintOn(studio: Studio, { raster, bytes, document }: Scene, region: Region, random: Random, isNoise = false): Promise<Raster> {
  const pixels = createPixels(region, 4, 8);
  const colour = [random.integer(256), random.integer(256), random.integer(256)];
  for (let i = 0; i < pixels.data.length; i++) pixels.data[i] = i % 4 === 3 ? 255 : isNoise ? 128 + 100 * Math.sin(i / 301) * Math.cos(i / 90007) : colour[i % 4]!;
  const changed = [...writeRaster(raster, region, pixels, (id) => bytes.get(id))].flatMap(([place, tile]) => (tile ? [{ place, tile }] : []));
  const ids = await studio.files.assets(document)!.put(changed.map(({ tile }) => tile));
  changed.forEach(({ tile }, i) => bytes.set(ids[i]!, tile));
  return withTiles(raster, new Map(changed.map(({ place }, i) => [place, ids[i]!])));
}

async function paintStroke(studio: Studio, scene: Scene, region: Region, random: Random): Promise<{ firstMs: number; restMs: number }> {
  const before = scene.raster;
  const wanted = new Set(placesIn({ x: 0, y: 0 }, region).map(({ place }) => place));
  const started = performance.now();
  let firstMs = 0;
  const rest = restOf(studio, scene.document, ({ tiles, coarse }) => {
    if (coarse) return;
    for (const place of Object.keys(tiles)) wanted.delete(place);
    if (wanted.size === 0) firstMs ||= performance.now() - started;
  });
  scene.raster = await paintOn(studio, scene, region, random);
  const places = Object.keys(scene.raster.tiles).filter((place) => before.tiles[place] !== scene.raster.tiles[place]);
  await commit(studio, scene, places.map((place) => ({ path: ['layers', 'paint', 'pixels', 'tiles', place], before: before.tiles[place], after: scene.raster.tiles[place] })));
  await rest;
  return { firstMs, restMs: performance.now() - started };
}

function restOf(studio: Studio, document: string, look: (paint: GlazeTiles) => void = () => undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = studio.onEvent((event) => {
      if (event.kind === 'glaze.failed') reject(new Error(JSON.stringify(event.fault)));
      if (event.kind !== 'glaze.tiles' || event.paint.document !== document) return;
      look(event.paint);
      if (!event.paint.atRest) return;
      stop();
      resolve();
    });
  });
}
