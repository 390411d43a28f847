// What the host keeps for its pages: pictures by use, uploads and finished files by age, and nothing after it has closed.
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { StudioError } from '../../../src-main/contract/fault.ts';
import { createKeptFiles, writtenFile } from '../../../src-main/services/host/kept-files.ts';
import { createPictureShelf } from '../../../src-main/services/host/picture-shelf.ts';
import { createSessionFolder, type SessionFolder } from '../../../src-main/services/host/session-folder.ts';
import { createUploads } from '../../../src-main/services/host/uploads.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

let work: string;
let session: SessionFolder;

beforeEach(() => {
  work = join(temporaryFolder(), 'work');
  session = createSessionFolder(work);
});

/** A picture of a size, told apart by `mark`. */
function picture(mark: number, bytes = 1000): Buffer {
  return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), Buffer.alloc(bytes - 8, mark)]);
}

async function* pieces(...values: string[]): AsyncGenerator<Uint8Array> {
  for (const value of values) yield Buffer.from(value);
}

describe('the session’s folder', () => {
  test('is made only when it is needed, and gone at the end', async () => {
    expect(existsSync(work)).toBe(false);
    const place = await session.make();
    expect(existsSync(place)).toBe(true);
    await session.remove();
    expect(readdirSync(work)).toEqual([]);
  });

  test('of a killed program is swept by the next', async () => {
    const { hostname } = await import('node:os');
    const left = join(work, `velatura-999999999-${hostname().replace(/[^A-Za-z0-9.]+/g, '_')}-abcdef`);
    mkdirSync(left, { recursive: true });
    mkdirSync(join(work, 'a-training'), { recursive: true });
    await session.make();
    expect(existsSync(left)).toBe(false);
    expect(existsSync(join(work, 'a-training'))).toBe(true);
  });

  test('that cannot be made says why, and is tried again', async () => {
    writeFileSync(work, 'a file in its place');
    await expect(session.make()).rejects.toMatchObject({ code: expect.stringMatching(/^disk\./) });
  });
});

describe('pictures', () => {
  test('with equal bytes are one', async () => {
    const shelf = createPictureShelf(session);
    const [a, b] = await Promise.all([shelf.put(picture(1)), shelf.put(picture(1))]);
    expect(a).toBe(b);
    expect(existsSync(shelf.pathOf(a) ?? '')).toBe(true);
  });

  test('put twice at once take their room once', async () => {
    const shelf = createPictureShelf(session, 2500);
    const [a] = await Promise.all([shelf.put(picture(1)), shelf.put(picture(1)), shelf.put(picture(1))]);
    await shelf.put(picture(2));
    expect((await shelf.get(a))?.bytes.length).toBe(1000);
  });

  test('are kept again once the disk takes a folder for them', async () => {
    let isFull = true;
    const shelf = createPictureShelf({ make: () => (isFull ? Promise.reject(new StudioError('disk.full')) : session.make()), remove: () => session.remove() });
    await expect(shelf.put(picture(1))).rejects.toMatchObject({ code: 'disk.full' });
    isFull = false;
    expect(await shelf.get(await shelf.put(picture(1)))).toMatchObject({ type: 'image/png' });
  });

  test('unused for longest go first when there is no more room', async () => {
    const shelf = createPictureShelf(session, 3500);
    const [a, b, c] = [await shelf.put(picture(1)), await shelf.put(picture(2)), await shelf.put(picture(3))];
    await shelf.get(a);
    const d = await shelf.put(picture(4));
    expect(await shelf.get(b)).toBeUndefined();
    for (const id of [a, c, d]) expect((await shelf.get(id))?.bytes.length).toBe(1000);
  });

  test('of no known kind are not passed off as pictures', async () => {
    const shelf = createPictureShelf(session);
    expect(await shelf.get(await shelf.put(Buffer.from('<svg onload="alert(1)">')))).toMatchObject({ type: 'application/octet-stream' });
  });

  test('nobody put there are not found by a path', async () => {
    const shelf = createPictureShelf(session);
    expect([await shelf.get('../settings.json'), shelf.pathOf('__proto__')]).toEqual([undefined, undefined]);
  });
});

describe('uploads', () => {
  test('come in pieces and keep the ending of their name', async () => {
    const uploads = createUploads(session);
    const upload = await uploads.receive(pieces('one ', 'two'));
    const paths = await Promise.all(['Study.PSD', 'con.png', '..', 'a/b\\c.ora', `${'x'.repeat(300)}.jpeg`].map((name) => uploads.pathOf({ upload, name })));
    expect(paths.map((path) => path.split('/').at(-1)?.slice(-12))).toEqual(['Study.PSD', 'style-con.png', 'style', 'a-b-c.ora', 'xxxxxxx.jpeg'].map((name) => name.slice(-12)));
    expect(new Set(paths.map((path) => path.slice(0, path.lastIndexOf('/')))).size).toBe(1);
  });

  test('that break off leave nothing', async () => {
    const uploads = createUploads(session);
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield Buffer.from('half');
      throw new Error('the line broke');
    }
    await expect(uploads.receive(broken())).rejects.toMatchObject({ code: 'disk.failed' });
    const [folder] = readdirSync(work);
    expect(readdirSync(join(work, folder ?? ''))).toEqual([]);
  });
});

describe('finished files', () => {
  test('are kept up to a number, the newest ones', async () => {
    const kept = createKeptFiles(session);
    const ids: string[] = [];
    for (let i = 0; i < 33; i++) {
      const { address } = await kept.keep(`print-${i}.png`, async (path) => writeFileSync(path, 'x'));
      ids.push(address?.split('/')[2] ?? '');
    }
    expect([kept.get(ids[0] ?? ''), kept.get(ids[1] ?? '')?.name, kept.get(ids[32] ?? '')?.name]).toEqual([undefined, 'print-1.png', 'print-32.png']);
  });

  test('that were not written, or not to their end, are not offered and leave nothing', async () => {
    const kept = createKeptFiles(session);
    const written: string[] = [];
    await expect(kept.keep('../../nothing.png', async (path) => written.push(path))).rejects.toMatchObject({ code: 'disk.failed' });
    const half = async (path: string): Promise<never> => {
      writeFileSync(path, 'half');
      throw new StudioError('job.cancelled');
    };
    await expect(kept.keep('half.png', half)).rejects.toMatchObject({ code: 'job.cancelled' });
    expect(written[0]?.startsWith(work)).toBe(true);
    expect(readdirSync(dirname(dirname(written[0] ?? '')))).toEqual([]);
  });

  test('are written where the artist wants them', async () => {
    const out = join(temporaryFolder(), 'prints', 'print.png');
    const file = await writtenFile(createKeptFiles(session), { out, name: 'ignored' }, async (path) => writeFileSync(path, 'a print'));
    expect(file).toEqual({ name: 'print.png', path: out, bytes: 7 });
  });
});
