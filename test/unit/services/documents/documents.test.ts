// Documents on disk: what is committed is there again, what does not fit is refused, crashes cost nothing acknowledged.
import { appendFileSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { firstState } from '../../../../src-main/contract/history.ts';
import { assetPath } from '../../../../src-main/services/documents/asset-files.ts';
import { readJournal } from '../../../../src-main/services/documents/document-journal.ts';
import { historySizes, thinHistory } from '../../../../src-main/services/documents/document-thin.ts';
import { documentsIn, emptyDocument, paint, paintLayer, stroke, tileBytes } from '../../../support/open-documents.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

const deadLock = JSON.stringify({ pid: 2 ** 22 + 1, host: (await import('node:os')).hostname(), who: 'the studio', since: '–' });

describe('a document', () => {
  it('has record, history, snapshots and pixels again after it was closed and opened', async () => {
    const home = temporaryFolder();
    const documents = documentsIn(home);
    const document = await emptyDocument(documents);
    const first = await paint(document, 1);
    const second = await paint(document, 2, '1,0');
    await document.write({ kind: 'snapshot', entry: first.id, name: 'early' });
    await document.write({ kind: 'move', head: first.id, redo: [second.id] });
    const [thumbnail] = await document.assets.put([new Uint8Array([1, 2, 3])]);
    await document.write({ kind: 'thumbnail', entry: first.id, thumbnail: thumbnail! });
    const [record, { bytes: _, ...history }] = [document.record(), document.history()];
    await documents.close(document.id);

    const again = await documentsIn(home).open(document.id);
    expect(again.record()).toEqual(record);
    const { bytes, ...historyAgain } = again.history();
    expect(historyAgain).toEqual(history);
    expect(bytes).toBeGreaterThan(0);
    expect(again.notes).toEqual([]);
    const tile = Object.values((again.recordAt(second.id).layers[paintLayer(record)] as { pixels: { tiles: Record<string, string> } }).pixels.tiles);
    expect(await again.assets.get(tile[1]!)).toEqual(tileBytes(2));
    await again.close();
  });

  it('refuses a step that starts elsewhere, from other values, or names pixels that are not there', async () => {
    const documents = documentsIn(temporaryFolder());
    const document = await emptyDocument(documents);
    await paint(document, 1);
    const [tile] = await document.assets.put([tileBytes(9)]);
    const good = stroke(document, { '0,0': tile });
    const refused: [Parameters<typeof stroke>[1] | undefined, Partial<typeof good>, string][] = [
      [undefined, { parent: firstState }, 'document.conflict'],
      [undefined, { changes: good.changes.map((change) => ({ ...change, before: 'f'.repeat(64) })) }, 'document.conflict'],
      [{ '0,0': 'e'.repeat(64) }, {}, 'asset.missing'],
      [undefined, { changes: [{ path: ['layers', 'root', 'children'], before: ['x'], after: [] }] }, 'document.conflict'],
      [undefined, { changes: [{ path: ['__proto__', 'polluted'], after: true }] }, 'document.conflict'],
      [undefined, { changes: [{ path: ['id'], before: document.id, after: 'other' }] }, 'document.conflict'],
      [undefined, { changes: [{ path: ['layers', paintLayer(document.record()), 'opacity'], before: 1, after: 7 }] }, 'document.conflict'],
      [undefined, { changes: [{ path: ['layers', 'root', 'children'], before: [paintLayer(document.record())], after: [] }] }, 'document.conflict'],
    ];
    const before = document.record();
    for (const [tiles, change, code] of refused) {
      const entry = { ...(tiles ? stroke(document, tiles) : good), ...change };
      await expect(document.write({ kind: 'entry', entry })).rejects.toMatchObject({ code });
    }
    expect(document.record()).toBe(before);
    await document.write({ kind: 'entry', entry: good });
    await documents.closeAll();
  });

  it('lets a step be amended under later ones, and redo still fits', async () => {
    const home = temporaryFolder();
    const documents = documentsIn(home);
    const document = await emptyDocument(documents);
    const layer = paintLayer(document.record());
    const setName = (before: string, after: string) => ({ path: ['layers', layer, 'name'], before, after });
    const first = await paint(document, 1);
    const entry = { ...stroke(document, {}), changes: [setName('Layer 1', 'b')] };
    await document.write({ kind: 'entry', entry });
    await document.write({ kind: 'move', head: first.id, redo: [entry.id] });
    await document.write({ kind: 'amend', entry: first.id, changes: [setName('Layer 1', 'a')] });
    await document.write({ kind: 'move', head: entry.id, redo: [] });
    expect(document.record().layers[layer]!.name).toBe('b');
    await document.write({ kind: 'move', head: first.id, redo: [entry.id] });
    expect(document.record().layers[layer]!.name).toBe('a');
    await document.write({ kind: 'move', head: firstState, redo: [] });
    expect(document.record().layers[layer]!.name).toBe('Layer 1');
    await documents.close(document.id);
    const again = await documentsIn(home).open(document.id);
    expect(again.recordAt(entry.id).layers[layer]!.name).toBe('b');
    await again.close();
  });

  it('lets the beginning be amended, which is no step and is there again after a restart', async () => {
    const home = temporaryFolder();
    const documents = documentsIn(home);
    const document = await emptyDocument(documents);
    const layer = paintLayer(document.record());
    await document.write({ kind: 'amend', entry: firstState, changes: [{ path: ['layers', layer, 'name'], before: 'Layer 1', after: 'a' }] });
    expect(document.history()).toMatchObject({ entries: [], head: firstState });
    const step = await paint(document, 1);
    await documents.close(document.id);
    const again = await documentsIn(home).open(document.id);
    expect([again.recordAt(firstState), again.recordAt(step.id)].map((record) => record.layers[layer]!.name)).toEqual(['a', 'a']);
    await again.close();
  });

  it('branches from an earlier state and keeps both lines', async () => {
    const documents = documentsIn(temporaryFolder());
    const document = await emptyDocument(documents);
    const first = await paint(document, 1);
    const left = await paint(document, 2);
    await document.write({ kind: 'move', head: first.id, redo: [left.id] });
    const right = await paint(document, 3);
    expect(document.history().redo).toEqual([]);
    expect(document.recordAt(left.id)).not.toEqual(document.recordAt(right.id));
    await document.write({ kind: 'move', head: left.id, redo: [] });
    expect(document.record()).toEqual(document.recordAt(left.id));
    await documents.closeAll();
  });
});

describe('a journal that was torn', () => {
  it('gives the lines before the tear, at every byte', () => {
    const bytes = Buffer.from('{"kind":"entry","name":"é, 漆"}\n{"kind":"move","redo":[]}\n');
    const first = bytes.indexOf(10) + 1;
    for (let length = 0; length <= bytes.length; length++) {
      const { lines } = readJournal(bytes.subarray(0, length));
      expect(lines.map(({ end }) => end)).toEqual([first, bytes.length].filter((end) => end <= length));
    }
  });

  it('leaves the state before its last line, and says so', async () => {
    const home = temporaryFolder();
    const documents = documentsIn(home);
    const document = await emptyDocument(documents);
    await paint(document, 1);
    const journal = join(document.folder, 'journal.jsonl');
    const length = readFileSync(journal).length;
    const before = document.record();
    await paint(document, 2);
    await document.close();
    const whole = readFileSync(journal).length;
    const copy = join(home, 'documents', 'torn');
    for (const bytes of [length + 1, length + 2, Math.floor((length + whole) / 2), whole - 2, whole - 1]) {
      rmSync(copy, { recursive: true, force: true });
      cpSync(document.folder, copy, { recursive: true });
      truncateSync(join(copy, 'journal.jsonl'), bytes);
      const torn = await documentsIn(home).open('torn');
      expect(torn.record()).toEqual(before);
      expect(torn.notes).toEqual([{ key: 'document.recovered-torn' }]);
      await paint(torn, 3);
      await torn.close();
      const again = await documentsIn(home).open('torn');
      expect(again.notes).toEqual([]);
      expect(again.history().entries).toHaveLength(2);
      await again.close();
    }
    expect(readdirSync(copy).some((name) => name.startsWith('lost-'))).toBe(true);
  });

  it('in its middle, or naming pixels that are gone, keeps what stands before', async () => {
    const home = temporaryFolder();
    const documents = documentsIn(home);
    const document = await emptyDocument(documents);
    const states = [document.record()];
    for (const seed of [1, 2, 3]) {
      await paint(document, seed);
      states.push(document.record());
    }
    await document.close();
    const open = async (harm: (folder: string) => void) => {
      const copy = join(home, 'documents', 'harmed');
      rmSync(copy, { recursive: true, force: true });
      cpSync(document.folder, copy, { recursive: true });
      harm(copy);
      const harmed = await documentsIn(home).open('harmed');
      await harmed.close();
      return harmed;
    };
    const lines = readFileSync(join(document.folder, 'journal.jsonl'), 'utf8').split('\n');
    const garbled = await open((folder) => writeFileSync(join(folder, 'journal.jsonl'), [lines[0], '\0\0\0\0', lines[2], ''].join('\n')));
    expect(garbled.record()).toEqual(states[1]);
    const tile = (document.record().layers[paintLayer(document.record())] as { pixels: { tiles: Record<string, string> } }).pixels.tiles['0,0']!;
    const bare = await open((folder) => rmSync(assetPath(join(folder, 'assets'), tile)));
    expect(bare.record()).toEqual(states[2]);
    const damaged = await open((folder) => {
      truncateSync(assetPath(join(folder, 'assets'), tile), 5);
      writeFileSync(join(folder, 'lock'), deadLock);
    });
    expect(damaged.record()).toEqual(states[2]);
    expect(damaged.notes).toHaveLength(1);
  });
});

describe('a document whose program has ended', () => {
  it('opens with a note and is called recovered in the list until then', async () => {
    const home = temporaryFolder();
    const documents = documentsIn(home);
    const document = await emptyDocument(documents);
    await paint(document, 1);
    await document.close();
    writeFileSync(join(document.folder, 'lock'), deadLock);
    const fresh = documentsIn(home);
    expect((await fresh.list())[0]).toMatchObject({ id: document.id, recovered: true, name: 'Test', width: 512 });
    expect((await fresh.open(document.id)).notes).toEqual([{ key: 'document.recovered' }]);
    expect((await fresh.list())[0]).toMatchObject({ recovered: false });
    await fresh.closeAll();
    expect(existsSync(join(document.folder, 'lock'))).toBe(false);
  });

  it('is only looked at while another program holds it', async () => {
    const home = temporaryFolder();
    const document = await emptyDocument(documentsIn(home));
    await paint(document, 1);
    const other = documentsIn(home);
    const looked = await other.open(document.id);
    expect(looked.readOnly).toBe(true);
    expect(looked.record()).toEqual(document.record());
    await expect(paint(looked, 2)).rejects.toMatchObject({ code: 'document.read-only' });
    await expect(other.remove(document.id)).rejects.toMatchObject({ code: 'document.read-only' });
    await other.closeAll();
    await paint(document, 3);
    await document.close();
  });

  it('can be opened again, and written to, while it is still being closed', async () => {
    const documents = documentsIn(temporaryFolder());
    const document = await emptyDocument(documents);
    const entry = await paint(document, 1);
    const closing = documents.close(document.id);
    const again = await documents.open(document.id);
    expect([again.readOnly, again.state().head]).toEqual([false, entry.id]);
    await paint(again, 2, '1,0');
    await closing;
    await documents.closeAll();
  });
});

describe('a record from elsewhere', () => {
  it('keeps fields this program does not know', async () => {
    const home = temporaryFolder();
    const document = await emptyDocument(documentsIn(home));
    await document.close();
    const base = join(document.folder, 'base.json');
    const stored = JSON.parse(readFileSync(base, 'utf8')) as { record: Record<string, unknown> };
    const layer = paintLayer(document.record());
    Object.assign(stored.record, { future: { a: [1] } });
    Object.assign((stored.record['layers'] as Record<string, object>)[layer]!, { shimmer: 3 });
    writeFileSync(base, JSON.stringify(stored));
    const again = await documentsIn(home).open(document.id);
    await paint(again, 1);
    await again.replace((state) => thinHistory(state, 0, again.assets.sizeOf));
    await again.close();
    const kept = JSON.parse(readFileSync(base, 'utf8')) as { record: Record<string, unknown> };
    expect(kept.record['future']).toEqual({ a: [1] });
    expect((kept.record['layers'] as Record<string, object>)[layer]).toMatchObject({ shimmer: 3 });
  });

  it('of a newer version is only looked at, a broken one is refused, and neither is touched', async () => {
    const home = temporaryFolder();
    const document = await emptyDocument(documentsIn(home));
    await document.close();
    const base = join(document.folder, 'base.json');
    const good = readFileSync(base, 'utf8');
    writeFileSync(base, good.replace('"record":{"formatVersion":1', '"record":{"formatVersion":2'));
    const newer = await documentsIn(home).open(document.id);
    expect(newer).toMatchObject({ readOnly: true, isNewer: true });
    await newer.close();
    for (const broken of ['', '{', good.replace('"kind":"raster"', '"kind":"hologram"'), good.replace('"children":[', '"children":["nobody",')]) {
      writeFileSync(base, broken);
      await expect(documentsIn(home).open(document.id)).rejects.toMatchObject({ code: 'document.corrupt' });
      expect(readFileSync(base, 'utf8')).toBe(broken);
      expect(existsSync(join(document.folder, 'lock'))).toBe(false);
    }
    await expect(documentsIn(home).open('nobody')).rejects.toMatchObject({ code: 'document.missing' });
  });
});

describe('what nothing names', () => {
  it('is swept when a document is opened', async () => {
    const home = temporaryFolder();
    const document = await emptyDocument(documentsIn(home));
    await paint(document, 1);
    const [left] = await document.assets.put([tileBytes(77)]);
    appendFileSync(join(document.folder, 'journal-0000.jsonl'), 'left by a crash');
    mkdirSync(join(document.folder, 'assets', 'ab'), { recursive: true });
    writeFileSync(join(document.folder, 'assets', 'ab', `${'ab'.repeat(32)}.00.tmp`), 'half');
    await document.close();
    const again = await documentsIn(home).open(document.id);
    expect(again.assets.has(left!)).toBe(false);
    expect(existsSync(assetPath(again.assets.folder, left!))).toBe(false);
    expect(readdirSync(document.folder).filter((name) => name.startsWith('journal'))).toEqual(['journal.jsonl']);
    expect(readdirSync(join(document.folder, 'assets', 'ab'))).toEqual([]);
    await again.close();
  });

  it('goes with the oldest steps when history is thinned; named states and the present stay', async () => {
    const home = temporaryFolder();
    const document = await emptyDocument(documentsIn(home));
    const entries = [];
    for (let i = 0; i < 6; i++) entries.push(await paint(document, i + 1, '0,0', `e${i}`));
    await document.write({ kind: 'move', head: 'e1', redo: [] });
    const branch = await paint(document, 50, '1,1', 'branch');
    await document.write({ kind: 'snapshot', entry: branch.id, name: 'try' });
    await document.write({ kind: 'snapshot', entry: firstState, name: 'bare' });
    await document.write({ kind: 'move', head: 'e5', redo: [] });
    const [record, tried, bare] = [document.record(), document.recordAt('branch'), document.recordAt(firstState)];
    await document.replace((state) => thinHistory(state, 0, document.assets.sizeOf));
    const check = (held: typeof document): void => {
      expect(held.record()).toEqual(record);
      const named = new Map(held.history().snapshots.map(({ name, entry }) => [name, held.recordAt(entry)]));
      expect(named.get('try')).toEqual(tried);
      expect(named.get('bare')).toEqual(bare);
      expect(held.history().entries.flatMap(({ id }) => (id === 'next' ? [] : id.replace(/^kept-.*/, 'kept'))).sort()).toEqual(['branch', 'kept']);
    };
    check(document);
    const next = await paint(document, 90, '0,0', 'next');
    await document.write({ kind: 'move', head: firstState, redo: [next.id] });
    await document.close();
    const again = await documentsIn(home).open(document.id);
    check(again);
    // e1's tile is named by the branch, e5's by the record, the rest by nothing
    expect([...new Set(readdirSync(again.assets.folder).flatMap((shelf) => readdirSync(join(again.assets.folder, shelf))))]).toHaveLength(4);
    await again.close();
  });

  it('is not thinned further than asked', async () => {
    const document = await emptyDocument(documentsIn(temporaryFolder()));
    for (let i = 0; i < 8; i++) await paint(document, i + 1);
    const sizes = historySizes(document.assets.sizeOf);
    const whole = sizes(document.state());
    const thinned = (keepBytes: number) => thinHistory(document.state(), keepBytes, document.assets.sizeOf);
    expect(thinned(whole)).toBe(document.state());
    for (let forgotten = 1, kept = sizes(thinned(whole - 1)); forgotten < 8; forgotten++, kept = sizes(thinned(kept - 1))) {
      expect(thinned(kept).entries.size).toBe(8 - forgotten);
      expect(kept).toBeLessThan(whole);
    }
    await document.close();
  });

  it('takes as much of the disk once it is thinned as was foretold', async () => {
    const home = temporaryFolder();
    const document = await emptyDocument(documentsIn(home));
    for (let i = 0; i < 8; i++) await paint(document, i + 1);
    await document.write({ kind: 'snapshot', entry: firstState, name: 'bare' });
    const keepBytes = document.bytes() / 2;
    const foretold = historySizes(document.assets.sizeOf)(thinHistory(document.state(), keepBytes, document.assets.sizeOf));
    await document.replace((state) => thinHistory(state, keepBytes, document.assets.sizeOf));
    await document.close(); // pixels of the last minute are swept when it is opened
    const again = await documentsIn(home).open(document.id);
    expect(again.bytes()).toBeLessThanOrEqual(keepBytes + 300);
    expect(Math.abs(again.bytes() - foretold)).toBeLessThan(300);
    await again.close();
  });
});
