// What the engine is asked of documents: in the order in which they were opened, changed and closed.
import { expect, it } from 'vitest';
import type { OpenDocument } from '../../../../src-main/services/documents/open-document.ts';
import { glazeLive } from '../../../../src-main/services/glaze/glaze-live.ts';
import type { StudioContext } from '../../../../src-main/services/host/studio-context.ts';
import { createRandom } from '../../../../src-main/engine/tensor/random.ts';
import { glazeLayerOf, paintedDocument } from '../../../support/painted-document.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

const { record } = paintedDocument({ width: 20, height: 20 }, [glazeLayerOf('glaze')], createRandom(1));
const document = { id: record.id, record: () => record, state: () => ({ head: 'first' }), assets: { folder: '' } } as unknown as OpenDocument;

function live() {
  const asked: string[] = [];
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
    emit: () => undefined,
    platform: { folders: { home: temporaryFolder(), styles: '', work: '', resources: '' }, log: () => undefined },
  } as unknown as StudioContext;
  const glazes = glazeLive(context, { budgetBytes: 0 });
  return { asked, hears, rest: () => glazes.restart() };
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
