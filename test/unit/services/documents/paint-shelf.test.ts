// Paint beyond what memory may hold: on disk, the least recently used first, and back when it is looked at.
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createPaintShelf } from '../../../../src-main/services/documents/paint-shelf.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

const pieceBytes = 1000;
const piece = (value: number): Uint8Array => new Uint8Array(pieceBytes).fill(value);

function shelfOf(pieces: number, folder = temporaryFolder()) {
  const path = join(folder, 'paint');
  const shelf = createPaintShelf({ budgetBytes: pieces * pieceBytes, scratch: async () => folder });
  return { shelf, path, sizeOnDisk: () => (existsSync(path) ? statSync(path).size : 0) };
}

it('holds what was used last in memory, and gives back all of it', async () => {
  const { shelf, sizeOnDisk } = shelfOf(3);
  const ids = Array.from({ length: 8 }, (_, i) => shelf.put(piece(i)));
  await shelf.settled();
  expect([shelf.held(), sizeOnDisk()]).toEqual([3 * pieceBytes, 5 * pieceBytes]);
  for (const [i, id] of ids.entries()) expect(await shelf.get(id)).toEqual(piece(i));
  await shelf.settled();
  expect(shelf.held()).toBe(3 * pieceBytes);
  await shelf.close();
});

it('writes a piece once, however often it comes and goes, and keeps by use, not by age', async () => {
  const { shelf, sizeOnDisk } = shelfOf(2);
  const [a, b, c] = [1, 2, 3].map((value) => shelf.put(piece(value)));
  for (let i = 0; i < 5; i++) for (const id of [a!, b!, c!]) await shelf.get(id);
  await shelf.settled();
  expect(sizeOnDisk()).toBe(3 * pieceBytes);
  await shelf.get(a!);
  shelf.put(piece(4));
  await shelf.settled();
  expect(sizeOnDisk()).toBe(3 * pieceBytes); // c made room, which lies there already
  await shelf.close();
});

it('does not write what has been replaced, and uses its place in the file again', async () => {
  const { shelf, sizeOnDisk } = shelfOf(2);
  for (let stroke = 0; stroke < 20; stroke++) shelf.drop(shelf.put(piece(stroke)));
  await shelf.settled();
  expect([shelf.held(), sizeOnDisk()]).toEqual([2 * pieceBytes, 0]);
  let ids = [21, 22, 23].map((value) => shelf.put(piece(value)));
  for (let stroke = 30; stroke < 60; stroke += 3) {
    await shelf.settled();
    const next = [0, 1, 2].map((i) => shelf.put(piece(stroke + i)));
    ids.forEach((id) => shelf.drop(id));
    ids = next;
  }
  await shelf.settled();
  expect(sizeOnDisk()).toBeLessThan(7 * pieceBytes);
  for (const [i, id] of ids.entries()) expect(await shelf.get(id)).toEqual(piece(57 + i));
  await shelf.close();
});

it('what two hold stays until both have dropped it', async () => {
  const { shelf } = shelfOf(1);
  const id = shelf.put(piece(1));
  shelf.put(piece(1));
  shelf.drop(id);
  shelf.put(piece(2));
  await shelf.settled();
  expect(await shelf.get(id)).toEqual(piece(1));
  shelf.drop(id);
  shelf.put(piece(3));
  shelf.put(piece(4));
  await shelf.settled();
  expect(await shelf.get(id)).toBeUndefined();
  await shelf.close();
});

it('keeps everything in memory where the file cannot be written, and says so once', async () => {
  const troubles: unknown[] = [];
  const shelf = createPaintShelf({ budgetBytes: pieceBytes, scratch: async () => join(temporaryFolder(), 'not', 'there'), onTrouble: (thrown) => troubles.push(thrown) });
  const first = [1, 2].map((value) => shelf.put(piece(value)));
  await shelf.settled();
  const ids = [...first, ...[3, 4].map((value) => shelf.put(piece(value)))];
  await shelf.settled();
  for (const [i, id] of ids.entries()) expect(await shelf.get(id)).toEqual(piece(i + 1));
  expect(troubles).toHaveLength(1);
  await shelf.close();
});
