// A studio over the real engine process in a home of its own, with a small document: paint on two layers, a glaze above.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Change } from '../../src-main/contract/changes.ts';
import type { DocumentRecord, Layer, LayerOf } from '../../src-main/contract/document.ts';
import type { StudioAnswers, StudioEvent, StudioMethod, StudioParams } from '../../src-main/contract/studio-api.ts';
import { createRandom } from '../../src-main/engine/tensor/random.ts';
import { createEngineClient } from '../../src-main/services/host/engine-client.ts';
import { nodePlatform } from '../../src-main/services/node-platform.ts';
import type { ProcessLink } from '../../src-main/services/platform.ts';
import { answerCall, createStudio } from '../../src-main/services/host/studio.ts';
import { glazeLayerOf, paintedDocument, rasterLayerOf } from './painted-document.ts';

export interface PaintingStudio {
  readonly document: string;
  /** Throws what is answered as a fault. */
  ask<M extends StudioMethod>(method: M, params: StudioParams<M>): Promise<StudioAnswers[M]>;
  /** The first event from now on that fits. */
  next<K extends StudioEvent['kind']>(kind: K, fits?: (event: Extract<StudioEvent, { kind: K }>) => boolean): Promise<Extract<StudioEvent, { kind: K }>>;
  commit(changes: readonly Change[]): Promise<void>;
  record(): DocumentRecord;
  layer<K extends Layer['kind']>(id: string): LayerOf<K>;
  /** Paints a rectangle on the layer `paint`. */
  stroke(region: { x: number; y: number; width: number; height: number }, colour: readonly number[]): Promise<void>;
  picture(id: string): Promise<Uint8Array>;
  killEngine(): void;
  close(): Promise<void>;
}

/** Statistics that are measured go into the record, as a page sees to it; answers when the glaze is painted. */
export async function openPaintingStudio(size: { readonly width: number; readonly height: number }, settings: Parameters<typeof glazeLayerOf>[1]): Promise<PaintingStudio> {
  const home = await mkdtemp(join(tmpdir(), 'velatura-studio-'));
  const platform = nodePlatform({ environment: { ...process.env, VELATURA_HOME: home } });
  let link: ProcessLink | undefined;
  const engine = createEngineClient(() => (link = platform.startProcess('engine')));
  const studio = createStudio({ host: 'browser', runtime: process.version, platform, engine });
  let [head, count] = ['first', 0];
  let record: DocumentRecord;
  const ask: PaintingStudio['ask'] = async (method, params) => {
    const reply = await answerCall(studio, { id: ++count, method, params });
    if (!reply) throw new Error(`${method} is no question`);
    if (!reply.result.ok) throw new Error(JSON.stringify(reply.result.fault));
    return reply.result.value as never;
  };
  const next: PaintingStudio['next'] = (kind, fits = () => true) =>
    new Promise((resolve) => {
      const stop = studio.onEvent((event) => {
        if (event.kind !== kind || !fits(event as never)) return;
        stop();
        resolve(event as never);
      });
    });
  let last: Promise<unknown> = Promise.resolve();
  /** In turn: statistics are committed by themselves. */
  const commit = (changes: readonly Change[]): Promise<void> => {
    const turn = last.then(() => commitNow(changes));
    last = turn.catch(() => undefined);
    return turn;
  };
  const commitNow = async (changes: readonly Change[]): Promise<void> => {
    const id = `entry-${++count}`;
    await ask('documents.commit', { document: record.id, entry: { id, parent: head, label: { key: 'test' }, at: new Date().toISOString(), changes: [...changes] } });
    head = id;
    record = (await ask('documents.open', { document: record.id })).record;
  };
  const opened = await ask('documents.create', { name: 'test', ...size });
  record = opened.record;
  const assets = studio.files.assets(record.id)!;
  const painted = paintedDocument(size, [rasterLayerOf('paint', { x: 0, y: 0, depth: 8, tiles: {} }), glazeLayerOf('glaze', { seed: 3, ...settings })], createRandom(4));
  const store = async (ids: Iterable<string>): Promise<void> => void (await assets.put([...(await painted.assets.load(ids)).values()]));
  const named = (layer: Layer): string[] => ('pixels' in layer ? Object.values((layer as LayerOf<'raster'>).pixels.tiles) : []);
  const added = Object.values(painted.record.layers).filter(({ id }) => id !== 'root');
  for (const layer of added) await store(named(layer));
  const children = (record.layers['root'] as LayerOf<'group'>).children;
  studio.onEvent((event) => {
    if (event.kind !== 'glaze.measured' || event.drift) return;
    const before = (record.layers['glaze'] as LayerOf<'glaze'>).statistics;
    void commit([{ path: ['layers', 'glaze', 'statistics'], after: event.statistics, ...(before === undefined ? {} : { before }) }]);
  });
  const rest = next('glaze.tiles', ({ paint }) => paint.atRest);
  const measured = next('glaze.measured');
  await commit([
    ...added.map((layer) => ({ path: ['layers', layer.id], after: layer as never })),
    { path: ['layers', 'root', 'children'], before: children, after: [...children, ...added.map(({ id }) => id)] },
  ]);
  await Promise.all([rest, measured]);
  await expectStatistics();
  async function expectStatistics(): Promise<void> {
    while (!(record.layers['glaze'] as LayerOf<'glaze'>).statistics) await new Promise((go) => setTimeout(go, 20));
  }
  return {
    document: record.id,
    ask,
    next,
    commit,
    record: () => record,
    layer: (id) => record.layers[id] as never,
    async stroke(region, colour) {
      const layer = record.layers['paint'] as LayerOf<'raster'>;
      const pixels = painted.painted(layer.pixels, region, colour);
      await store(Object.values(pixels.tiles));
      const places = Object.keys(pixels.tiles).filter((place) => pixels.tiles[place] !== layer.pixels.tiles[place]);
      await commit(places.map((place) => ({ path: ['layers', 'paint', 'pixels', 'tiles', place], before: layer.pixels.tiles[place], after: pixels.tiles[place] })));
    },
    async picture(id) {
      const found = await studio.files.pictures.get(id);
      if (!found) throw new Error('no such picture');
      return found.bytes;
    },
    killEngine: () => void process.kill(link!.pid!, 'SIGKILL'),
    async close() {
      await studio.close();
      await rm(home, { recursive: true, force: true });
    },
  };
}
