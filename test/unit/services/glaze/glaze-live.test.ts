// What the engine is asked of documents: in the order in which they were opened, changed and closed.
import { expect, it } from 'vitest';
import type { OpenDocument } from '../../../../src-main/services/documents/open-document.ts';
import { glazeLive } from '../../../../src-main/services/glaze/glaze-live.ts';
import type { GlazeTiles } from '../../../../src-main/contract/glaze-tiles.ts';
import type { StudioEvent } from '../../../../src-main/contract/studio-api.ts';
import type { StudioContext } from '../../../../src-main/services/host/studio-context.ts';
import { createRandom } from '../../../../src-main/engine/tensor/random.ts';
import { glazeLayerOf, paintedDocument } from '../../../support/painted-document.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

const { record } = paintedDocument({ width: 20, height: 20 }, [glazeLayerOf('glaze')], createRandom(1));
const dropped: string[] = [];
const document = { id: record.id, record: () => record, state: () => ({ head: 'first' }), assets: { folder: '', putTransient: (pieces: Uint8Array[]) => pieces.map(([first]) => `asset${first}`), dropTransient: (ids: string[]) => dropped.push(...ids) } } as unknown as OpenDocument;

function live() {
  const asked: string[] = [];
  const told: GlazeTiles[] = [];
  const hears: Record<string, (...of: unknown[]) => void> = {};
  const subscribe = (kind: string) => (listener: (...of: unknown[]) => void) => {
    hears[kind] = listener;
    return () => undefined;
  };
  const ask = async (method: string): Promise<void> => {
    await new Promise((go) => setTimeout(go, method === 'glaze.open' ? 5 : 0));
    asked.push(method);
  };
  const context = {
    documents: { onOpen: subscribe('open'), onClose: subscribe('close'), onChange: subscribe('change'), find: () => document },
    engine: { ask, onEvent: subscribe('event'), onLost: subscribe('lost') },
    emit: (event: StudioEvent) => event.kind === 'glaze.tiles' && told.push(event.paint),
    platform: { folders: { home: temporaryFolder(), styles: '', work: '', resources: '' }, log: () => undefined },
  } as unknown as StudioContext;
  const glazes = glazeLive(context, { budgetBytes: 0 });
  return { asked, told, hears, rest: () => glazes.restart() };
}

it('closes a document that was left at once only after it was opened, and opens it again after that', async () => {
  const { asked, hears, rest } = live();
  hears['open']!(document);
  hears['close']!(document);
  await rest();
  expect(asked).toEqual(['glaze.open', 'glaze.close']);
  hears['open']!(document);
  hears['close']!(document);
  hears['open']!(document);
  hears['change']!(document, [], record, record);
  await rest();
  expect(asked.slice(2)).toEqual(['glaze.open', 'glaze.close', 'glaze.open', 'glaze.change', 'glaze.open']);
});

it('holds small paint until none of its places shows it, and other tiles one by one', () => {
  const { told, hears } = live();
  hears['open']!(document);
  const news = { kind: 'glaze', document: record.id, layer: 'glaze', sequence: 1, whole: false, tiles: {}, coarse: true, atRest: false, state: 'first', painted: [] };
  const byte = (value: number): Uint8Array => Uint8Array.of(value);
  hears['event']!({ ...news, whole: true, small: { width: 2, height: 1, shrink: 256, bytes: byte(1), places: ['0,0', '1,0'] } });
  expect(told[0]!.tiles).toEqual({ '0,0': 'asset1~2~1~256~0,0', '1,0': 'asset1~2~1~256~1,0' });
  hears['event']!({ ...news, tiles: { '0,0': byte(2) } });
  expect(dropped).toEqual([]);
  hears['event']!({ ...news, tiles: { '1,0': byte(2) } });
  expect(dropped.splice(0)).toEqual(['asset1']);
  hears['event']!({ ...news, small: { width: 2, height: 1, shrink: 256, bytes: byte(3), places: ['0,0', '1,0'] } });
  expect(dropped.splice(0)).toEqual(['asset2', 'asset2']);
  hears['event']!({ ...news, tiles: { '0,0': null, '1,0': null } });
  expect(dropped.splice(0)).toEqual(['asset3']);
});
