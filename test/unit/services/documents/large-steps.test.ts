// Steps too large for one line of the journal: what was acknowledged is read again, whole or not at all.
import { copyFileSync, cpSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Change } from '../../../../src-main/contract/changes.ts';
import { rootId } from '../../../../src-main/contract/document.ts';
import { replay } from '../../../../src-main/services/documents/document-history.ts';
import { openJournal, readJournal } from '../../../../src-main/services/documents/document-journal.ts';
import { thinHistory } from '../../../../src-main/services/documents/document-thin.ts';
import { encodeLine } from '../../../../src-main/services/documents/journal-pieces.ts';
import type { OpenDocument } from '../../../../src-main/services/documents/open-document.ts';
import { documentsIn, emptyDocument, paint } from '../../../support/open-documents.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

const at = '2026-01-01T00:00:00.000Z';
/** Fields this program does not know are kept: values of any size. */
const values = (count: number, words: string, first = 0): Change[] => Array.from({ length: count }, (_, i) => ({ path: ['layers', rootId, `x${first + i}`], after: words }));
const step = (document: OpenDocument, changes: readonly Change[], id = 'large') => document.write({ kind: 'entry', entry: { id, parent: document.state().head, label: { key: 'fill' }, at, changes: [...changes] } });

it('of 90 MB is there again after the program was killed, and can be taken back', async () => {
  const home = temporaryFolder();
  const document = await emptyDocument(documentsIn(home));
  await step(document, values(9, 'x'.repeat(10 * 2 ** 20)));
  const after = document.record();
  await paint(document, 1, '0,0', 'later');
  expect(statSync(join(document.folder, 'journal.jsonl')).size).toBeGreaterThan(90 * 2 ** 20);
  const copy = join(home, 'documents', 'killed');
  cpSync(document.folder, copy, { recursive: true });
  rmSync(join(copy, 'lock'));
  await document.close();
  const again = await documentsIn(home).open('killed');
  expect(again.state().head).toBe('later');
  expect(again.recordAt('large').layers).toEqual(after.layers);
  await again.write({ kind: 'move', head: 'first', redo: ['large', 'later'] });
  expect(Object.keys(again.record().layers[rootId]!)).not.toContain('x0');
  await again.close();
});

it('to which much was amended is there again after the journal was written anew', async () => {
  const home = temporaryFolder();
  const document = await emptyDocument(documentsIn(home));
  await step(document, values(60_000, 'a'));
  await document.write({ kind: 'amend', entry: 'large', changes: values(60_000, 'b', 60_000) });
  const record = document.record();
  await document.replace((state) => thinHistory(state, 2 ** 40, document.assets.sizeOf));
  await document.close();
  const again = await documentsIn(home).open(document.id);
  expect(again.record()).toEqual(record);
  expect(again.history().entries.map(({ changes }) => changes.length)).toEqual([120_000]);
  await again.close();
});

it('torn between its lines does not count, and what follows does', async () => {
  const home = temporaryFolder();
  const document = await emptyDocument(documentsIn(home));
  await paint(document, 1, '0,0', 'before');
  const begun = document.state().begun;
  const journal = join(document.folder, 'journal.jsonl');
  const whole = readFileSync(journal);
  await document.close();
  const entry = { id: 'large', parent: 'before', label: { key: 'fill' }, at, changes: values(30, 'x'.repeat(100)) };
  const bytes = encodeLine({ kind: 'entry', entry }, { pieceBytes: 400 });
  const ends = [...bytes.keys()].filter((i) => bytes[i] === 10).map((i) => i + 1);
  expect(ends.length).toBeGreaterThan(5);
  const copy = join(home, 'documents', 'torn');
  for (const end of ends) {
    rmSync(copy, { recursive: true, force: true });
    cpSync(document.folder, copy, { recursive: true });
    writeFileSync(join(copy, 'journal.jsonl'), Buffer.concat([whole, bytes.subarray(0, end)]));
    const [isWhole, documents] = [end === bytes.length, documentsIn(home)];
    const torn = await documents.open('torn');
    expect([torn.state().head, torn.notes]).toEqual(isWhole ? ['large', []] : ['before', [{ key: 'document.recovered-torn' }]]);
    await paint(torn, 2, '0,0', 'next');
    const record = torn.record();
    await documents.closeAll();
    copyFileSync(join(copy, 'journal.jsonl'), journal);
    const { state } = replay(begun, readJournal(readFileSync(journal)).lines.map(({ value }) => value));
    expect([state.head, state.record]).toEqual(['next', record]);
  }
});

it('with pixels gone in its middle does not count, and what follows is kept', async () => {
  const home = temporaryFolder();
  const document = await emptyDocument(documentsIn(home));
  await paint(document, 1, '0,0', 'before');
  await document.close();
  const missing = { path: ['layers', rootId, 'tiles'], after: { '0,0': 'f'.repeat(64) } };
  const entry = { id: 'large', parent: 'before', label: { key: 'fill' }, at, changes: [...values(5, 'x'.repeat(100)), missing, ...values(5, 'y'.repeat(100), 5)] };
  const journal = join(document.folder, 'journal.jsonl');
  writeFileSync(journal, Buffer.concat([readFileSync(journal), encodeLine({ kind: 'entry', entry }, { pieceBytes: 200 })]));
  const held = await documentsIn(home).open(document.id);
  expect(held.state().head).toBe('before');
  await paint(held, 2, '0,0', 'next');
  await held.close();
  const again = await documentsIn(home).open(document.id);
  expect([again.state().head, again.notes]).toEqual(['next', []]);
  await again.close();
});

it('beyond what a page can take of a history is refused; what was written stays, and less is taken', async () => {
  const path = join(temporaryFolder(), 'journal.jsonl');
  writeFileSync(path, '');
  const file = await openJournal(path, 0, 3000);
  const line = (id: string, words: number) => ({ kind: 'entry', entry: { id, parent: 'first', label: { key: 'fill' }, at, changes: values(1, 'x'.repeat(words)) } }) as const;
  await file.append(line('kept', 2000));
  const whole = readFileSync(path);
  await expect(file.append(line('refused', 1000))).rejects.toMatchObject({ code: 'document.history-too-long' });
  expect([readFileSync(path), file.bytes()]).toEqual([whole, whole.byteLength]);
  await file.append(line('less', 100));
  await file.close();
  expect(readJournal(readFileSync(path)).lines.map(({ value }) => (value as { entry: { id: string } }).entry.id)).toEqual(['kept', 'less']);
});

it('of one value longer than can be read again is refused, and nothing is changed', async () => {
  const document = await emptyDocument(documentsIn(temporaryFolder()));
  const line = { kind: 'entry', entry: { id: 'large', parent: 'first', label: { key: 'fill' }, at, changes: values(1, 'x'.repeat(2000)) } } as const;
  expect(() => encodeLine(line, { longestBytes: 1500 })).toThrow(expect.objectContaining({ code: 'document.step-too-large' }) as Error);
  const size = statSync(join(document.folder, 'journal.jsonl')).size;
  await expect(step(document, values(1, 'é'.repeat(130 * 2 ** 20)))).rejects.toMatchObject({ code: 'document.step-too-large' });
  expect([document.state().head, statSync(join(document.folder, 'journal.jsonl')).size]).toEqual(['first', size]);
  await paint(document, 1, '0,0', 'next');
  await document.close();
});
