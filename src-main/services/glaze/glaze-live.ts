// Live glazes as main sees them: the engine follows the open documents, its paint becomes transient assets, pages are told.
import type { DocumentId, DocumentRecord, LayerId } from '../../contract/document.ts';
import type { EngineEvent } from '../../contract/engine-api.ts';
import { faultOf } from '../../contract/fault.ts';
import type { EntryId } from '../../contract/history.ts';
import type { Settings } from '../../contract/schema.ts';
import type { GlazeTiles } from '../../contract/glaze-tiles.ts';
import { readSmallPaintTile, smallPaintTile } from '../../contract/small-paint.ts';
import type { OpenDocument } from '../documents/open-document.ts';
import type { PaintShelf } from '../documents/paint-shelf.ts';
import { readSettings } from '../host/settings.ts';
import type { StudioContext } from '../host/studio-context.ts';

export interface GlazeLive {
  /** Sends a page all paint of a document once more. */
  retell(document: DocumentId): void;
  /** The device of the settings is another: everything is opened anew. */
  restart(): Promise<void>;
  /** Settles when all that was told of a document so far is painted; answers of which sequence the paint of layers is then. Throws as the engine's `glaze.rest`. */
  rest(document: DocumentId, layers: readonly LayerId[]): Promise<Record<LayerId, number>>;
  /** Memory for paint follows the settings. */
  budget(): Promise<void>;
  /** Provider that paints, once it is known. */
  device(): { readonly provider: string; readonly wished?: string } | undefined;
  close(): void;
}

type Paint = Extract<EngineEvent, { kind: 'glaze' }>;

interface Told {
  sequence: number;
  tiles: Record<string, string>;
  coarse: boolean;
  atRest: boolean;
  state: EntryId;
  painted: Record<string, EntryId>;
}

type LiveContext = Pick<StudioContext, 'documents' | 'engine' | 'emit' | 'platform'>;

/** Of the memory for pixels, what glaze paint may take in this process; what is more lies on the disk. */
const paintShare = 1 / 4;
const standardMemoryMB = 1024;

/** Assets that the names of former tiles held: each its own, small paint once none of the present ones shows it. */
function leftBy(former: readonly string[], present: Readonly<Record<string, string>>): string[] {
  const small = new Set(former.flatMap((name) => readSmallPaintTile(name)?.asset ?? []));
  if (small.size > 0) for (const name of Object.values(present)) small.delete(readSmallPaintTile(name)?.asset ?? '');
  return [...former.filter((name) => !readSmallPaintTile(name)), ...small];
}

/** Follows documents from now on. Documents without a glaze cost nothing: the engine hears of them with the first one. */
export function glazeLive({ documents, engine, emit, platform }: LiveContext, paint: Pick<PaintShelf, 'budgetBytes'>): GlazeLive {
  const told = new Map<DocumentId, Map<LayerId, Told>>();
  /** Documents the engine is to have. */
  const followed = new Set<DocumentId>();
  /** What is being asked of it last, by document: one closed and opened again is asked for in that order. */
  const lines = new Map<DocumentId, Promise<void>>();
  let device: { readonly provider: string; readonly wished?: string } | undefined;

  const settings = async (): Promise<Settings> => (await readSettings(platform.folders.home)).settings;
  const budget = async (): Promise<void> => {
    const { memoryMB = standardMemoryMB } = await settings();
    paint.budgetBytes = memoryMB * 2 ** 20 * paintShare;
  };
  budget().catch((thrown: unknown) => platform.log('warn', `memory for paint: ${JSON.stringify(faultOf(thrown))}`));
  const open = async (document: OpenDocument): Promise<void> => {
    const { device: wished = 'auto', threads } = await settings();
    const { home, styles, work, resources } = platform.folders;
    const place = { folders: { home, styles, work, resources }, device: wished, ...(threads === undefined ? {} : { threads }) };
    await engine.ask('glaze.open', { record: document.record(), state: document.state().head, assets: document.assets.folder, ...place });
  };
  /** In turn for each document; a failure is told by the next event or by onLost. */
  const ask = (id: DocumentId, action: () => Promise<unknown>): void => {
    const before = lines.get(id) ?? Promise.resolve();
    const turn: Promise<void> = before
      .then(action)
      .catch((thrown: unknown) => platform.log('warn', `glazes of ${id}: ${JSON.stringify(faultOf(thrown))}`))
      .then(() => {
        if (lines.get(id) === turn) lines.delete(id);
      });
    lines.set(id, turn);
  };
  const follow = (document: OpenDocument): void => {
    told.set(document.id, new Map());
    followed.add(document.id);
    ask(document.id, () => open(document));
  };
  const hasGlaze = (record: DocumentRecord): boolean => Object.values(record.layers).some(({ kind }) => kind === 'glaze');

  const stops = [
    documents.onOpen((document) => hasGlaze(document.record()) && follow(document)),
    documents.onClose((document) => {
      told.delete(document.id);
      if (followed.delete(document.id)) ask(document.id, () => engine.ask('glaze.close', { document: document.id }));
    }),
    documents.onChange((document, changes, _before, after) => {
      if (!followed.has(document.id)) return hasGlaze(after) ? follow(document) : undefined;
      // with another record than this one, the engine takes the whole of it
      const state = document.state().head;
      ask(document.id, () => engine.ask('glaze.change', { document: document.id, changes, state }).catch(() => open(document)));
    }),
    engine.onEvent((event) => {
      if (event.kind === 'device') {
        device = event;
        emit({ kind: 'engine', state: 'answering', provider: event.provider });
      } else if ('document' in event) receive(event);
    }),
    engine.onLost(() => {
      emit({ kind: 'engine', state: 'restarting' });
      for (const id of followed) {
        const document = documents.find(id);
        if (document) ask(id, () => open(document));
      }
      // asked, it starts anew
      void engine.state().then((state) => emit({ kind: 'engine', state, ...(device && { provider: device.provider }) }));
    }),
  ];

  const receive = (event: Exclude<EngineEvent, { kind: 'device' }>): void => {
    const document = documents.find(event.document);
    if (!document) return;
    if (event.kind === 'glaze.failed') return emit(event);
    if (event.kind === 'glaze') return takePaint(document, event);
    const { layer, drift } = event;
    document.assets.put([event.statistics]).then(
      ([statistics]) => emit({ kind: 'glaze.measured', document: document.id, layer, statistics: statistics!, drift }),
      (thrown: unknown) => emit({ kind: 'glaze.failed', document: document.id, layer, fault: faultOf(thrown) }),
    );
  };
  const takePaint = (document: OpenDocument, { layer, tiles: bytes, small, whole, coarse, atRest, state, painted: shown }: Paint): void => {
    const places = Object.entries(bytes);
    const filled = places.filter((entry): entry is [string, Uint8Array] => entry[1] !== null);
    const ids = document.assets.putTransient(filled.map(([, each]) => each));
    const tiles: Record<string, string | null> = Object.fromEntries(places.map(([place]) => [place, null]));
    filled.forEach(([place], i) => (tiles[place] = ids[i]!));
    if (small) {
      const [asset] = document.assets.putTransient([small.bytes]);
      for (const place of small.places) tiles[place] ??= smallPaintTile({ ...small, asset: asset! }, place);
    }
    const layers = told.get(document.id);
    const last = layers?.get(layer);
    const sequence = (last?.sequence ?? 0) + 1;
    const all = { ...(whole ? {} : last?.tiles), ...tiles };
    const present = Object.fromEntries(Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== null));
    const painted = Object.fromEntries(shown.map((place) => [place, state]));
    layers?.set(layer, { sequence, tiles: present, coarse, atRest, state, painted: { ...(whole ? {} : last?.painted), ...painted } });
    const gone = Object.entries(last?.tiles ?? {}).filter(([place]) => whole || place in tiles);
    document.assets.dropTransient(leftBy(gone.map(([, id]) => id), present));
    emit({ kind: 'glaze.tiles', paint: { document: document.id, layer, sequence, whole, tiles, coarse, atRest, state, painted } });
  };

  return {
    retell(id) {
      for (const [layer, { sequence, ...paint }] of told.get(id) ?? []) {
        told.get(id)!.get(layer)!.sequence += 1;
        emit({ kind: 'glaze.tiles', paint: { document: id, layer, sequence: sequence + 1, whole: true, ...paint } satisfies GlazeTiles });
      }
    },
    async rest(id, layers) {
      await lines.get(id);
      await engine.ask('glaze.rest', { document: id, layers });
      const paint = told.get(id);
      return Object.fromEntries(layers.flatMap((layer) => (paint?.has(layer) ? [[layer, paint.get(layer)!.sequence]] : [])));
    },
    async restart() {
      for (const id of followed) {
        const document = documents.find(id);
        if (document) ask(id, () => open(document));
      }
      await Promise.all(lines.values());
    },
    budget,
    device: () => device,
    close: () => stops.forEach((stop) => stop()),
  };
}
