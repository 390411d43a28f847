// Pairs for a judge who must not know who painted what.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { choosePairs, readJson, reveal, writeBlind, type Choices, type Key, type Pair } from '../../../../bench/quality/blind.ts';
import { createSheet, writeSheet } from '../../../../bench/quality/montage.ts';
import { createRandom } from '../../../../src-main/engine/tensor/random.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

const candidates = ['wave', 'night', 'scream'].flatMap((painting) => ['lion', 'tower', 'door', 'robots'].map((photo) => ({ painting, photo })));

describe('choosePairs', () => {
  it('shows every painting before any comes again, and photographs as evenly', () => {
    const chosen = choosePairs(candidates, 6, createRandom(1));
    const times = (of: 'painting' | 'photo'): number[] => [...new Set(chosen.map((each) => each[of]))].map((name) => chosen.filter((each) => each[of] === name).length).sort();
    expect(times('painting')).toEqual([2, 2, 2]);
    expect(times('photo')).toEqual([1, 1, 2, 2]);
    expect(new Set(chosen.slice(0, 3).map(({ painting }) => painting)).size).toBe(3);
  });

  it('is repeated by its seed and changes with it', () => {
    expect(choosePairs(candidates, 6, createRandom(1))).toEqual(choosePairs(candidates, 6, createRandom(1)));
    expect(choosePairs(candidates, 6, createRandom(1))).not.toEqual(choosePairs(candidates, 6, createRandom(2)));
  });

  it('gives what there is where more are asked for', () => {
    expect(choosePairs(candidates, 50, createRandom(1))).toHaveLength(candidates.length);
  });
});

describe('writeBlind', () => {
  it('writes pairs and an empty form, keeps the key elsewhere, and keeps what a judge wrote', async () => {
    const folder = temporaryFolder();
    const picture = join(folder, 'picture.png');
    await writeSheet(createSheet({ width: 40, height: 30 }), picture);
    const side = (name: string) => ({ name, file: picture });
    const pairs: Pair[] = candidates.map((each) => ({ ...each, paintingFile: picture, ours: side('own'), foreign: side('theirs') }));
    const [out, keyFile] = [join(folder, 'blind'), join(folder, 'keys', 'key.json')];
    expect(await writeBlind(pairs, 8, 3, out, keyFile)).toBe(8);
    expect(existsSync(join(out, 'pair-08.png'))).toBe(true);
    const key = readJson<Key>(keyFile);
    expect(new Set(Object.values(key).map(({ A }) => A.maker))).toEqual(new Set(['ours', 'foreign']));
    expect(readFileSync(join(out, 'choices.json'), 'utf8')).not.toMatch(/ours|foreign|own|theirs/);
    writeFileSync(join(out, 'choices.json'), '{"01":"A"}');
    await writeBlind(pairs, 8, 3, out, keyFile);
    expect(readJson<Choices>(join(out, 'choices.json'))).toEqual({ '01': 'A' });
    expect(readJson<Key>(keyFile)).toEqual(key);
  });
});

describe('reveal', () => {
  const us = { maker: 'ours', name: 'own' } as const;
  const them = { maker: 'foreign', name: 'theirs' } as const;
  const pair = (A: Key[string]['A'], B: Key[string]['B']): Key[string] => ({ painting: 'wave', photo: 'lion', A, B });
  const key: Key = { '01': pair(us, them), '02': pair(them, us), '03': pair(us, them), '04': pair(them, us) };

  it('counts choices by maker, whole and in detail', () => {
    const found = reveal(key, { '01': 'A', '02': { whole: 'B', detail: 'A' }, '03': { whole: '=' } });
    expect(found.whole).toEqual({ ours: 2, foreign: 0, neither: 1, unjudged: 1 });
    expect(found.detail).toEqual({ ours: 1, foreign: 1, neither: 0, unjudged: 2 });
  });

  it('says whose a fault is', () => {
    const found = reveal(key, { '02': { whole: 'A', detail: 'A', faults: { A: 'blotches', B: '' } } });
    expect(found.pairs[1]?.faults).toEqual({ foreign: 'blotches' });
  });

  it('refuses choices of a pair that was never shown', () => {
    expect(() => reveal(key, { '05': 'A' })).toThrow('05');
  });
});
