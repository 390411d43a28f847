// What a teaching starts from: the blend of a base's atlas, or the base as it is.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Preset } from '../../../../src-main/contract/style.ts';
import type { TrainerEvent } from '../../../../src-main/contract/teaching.ts';
import { defaultDiscriminator, discriminatorLayout } from '../../../../src-main/engine/networks/patch-discriminator.ts';
import { scalar, tensor } from '../../../../src-main/engine/tensor/tensor.ts';
import type { StyleTargets } from '../../../../src-main/engine/training/feature-model.ts';
import { gramsOf, sketchOf } from '../../../../src-main/engine/training/style-atlas.ts';
import { readAtlas, writeAtlas } from '../../../../src-main/services/library/base-atlas.ts';
import { writePreset } from '../../../../src-main/services/library/preset-file.ts';
import { marksFor, startVectors } from '../../../../src-main/services/teach/teach-start.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { presetOf } from '../../../support/preset.ts';

const styleOf = (value: number): StyleTargets => ({ 'gram.a@1': tensor([4, 4], Float32Array.from({ length: 16 }, (_, at) => value * at + (at % 3))), 'rms.a@1': scalar(1) });
const size = 6;
const { record } = presetOf();

function baseOf(critic?: Float32Array): Preset {
  const spec = { ...defaultDiscriminator, styles: 3 };
  return { record: { ...record, kind: 'network', ...(critic && { critic: spec }) }, code: new Float32Array(size).fill(9), weights: Float32Array.of(1, 2), ...(critic && { critic }) };
}

async function withAtlas() {
  const path = join(temporaryFolder(), 'base.vstyle');
  const styles = [styleOf(1), styleOf(-4)];
  const rows = styles.map(sketchOf);
  await writeAtlas(path, record.id, {
    slugs: ['one', 'two'],
    grams: gramsOf(styles[0]),
    codes: tensor([2, size], Float32Array.from({ length: 2 * size }, (_, at) => (at < size ? 1 : 2))),
    sketches: tensor([2, rows[0].length], Float32Array.from(rows.flatMap((row) => [...row]))),
  });
  return path;
}

describe('the start of a teaching', () => {
  it('is nearly the code of a style that the painting equals', async () => {
    const base = await withAtlas();
    const { code } = await startVectors(baseOf(), { base }, styleOf(-4), () => undefined);
    code.forEach((value) => expect(value).toBeCloseTo(2, 4));
  });

  it('is the base as it is without an atlas, over the identity, and for a style that is continued', async () => {
    const base = await withAtlas();
    const plain = [...baseOf().code];
    for (const request of [{ base: join(temporaryFolder(), 'other.vstyle') }, { base: 'none' }, { base, continueStyle: 'earlier' }]) {
      const { code } = await startVectors(baseOf(), request, styleOf(1), () => undefined);
      expect([...code]).toEqual(plain);
    }
  });

  it('says so when other features saw the painting', async () => {
    const base = await withAtlas();
    const told: TrainerEvent[] = [];
    const { code } = await startVectors(baseOf(), { base }, { 'gram.b@1': tensor([4, 4]) }, (event) => told.push(event));
    expect(told).toMatchObject([{ kind: 'warning', key: 'training.no-start' }]);
    expect([...code]).toEqual([...baseOf().code]);
  });

  it('takes the discriminator along without its memory of single styles', async () => {
    const whole = discriminatorLayout({ ...defaultDiscriminator, styles: 3 }).size;
    const single = discriminatorLayout(defaultDiscriminator).size;
    const { critic } = await startVectors(baseOf(Float32Array.from({ length: whole }, (_, at) => at)), { base: 'none' }, styleOf(1), () => undefined);
    expect(critic?.length).toBe(single);
    expect(critic?.[single - 1]).toBe(single - 1);
    expect(whole).toBeGreaterThan(single);
  });
});

describe('the marks of a new style', () => {
  /** Folders in which the style “two” ships with facets, and “one” does not ship. */
  async function shipped() {
    const resources = temporaryFolder();
    mkdirSync(join(resources, 'styles'));
    await writePreset(join(resources, 'styles', 'two.vstyle'), presetOf({ record: { name: 'two', marks: 'facets' } }));
    return { base: await withAtlas(), folders: { resources } };
  }

  it('are those of the shipped style most like it', async () => {
    const { base, folders } = await shipped();
    expect(await marksFor(baseOf(), { base }, styleOf(-3), folders)).toBe('facets');
  });

  it('are plain strokes where that style does not ship, other features saw the painting, or nothing is known', async () => {
    const { base, folders } = await shipped();
    expect(await marksFor(baseOf(), { base }, styleOf(1), folders)).toBe('strokes');
    expect(await marksFor(baseOf(), { base }, { 'gram.b@1': tensor([4, 4]) }, folders)).toBe('strokes');
    for (const other of ['none', join(temporaryFolder(), 'other.vstyle')]) expect(await marksFor(baseOf(), { base: other }, styleOf(-3), folders)).toBe('strokes');
  });

  it('are those of the style that is continued, and before all those that are asked for', async () => {
    const { base, folders } = await shipped();
    const earlier = { ...baseOf(), record: { ...record, marks: 'dots' as const } };
    expect(await marksFor(earlier, { base, continueStyle: 'earlier' }, styleOf(-3), folders)).toBe('dots');
    expect(await marksFor(earlier, { base, continueStyle: 'earlier', marks: 'hatching' }, styleOf(-3), folders)).toBe('hatching');
    expect(await marksFor(baseOf(), { base, marks: 'strokes' }, styleOf(-3), folders)).toBe('strokes');
  });
});

describe('the atlas beside a base', () => {
  it('belongs to one base only, and is refused when its list is broken', async () => {
    const base = await withAtlas();
    expect((await readAtlas(base, record.id))?.slugs).toEqual(['one', 'two']);
    expect(await readAtlas(base, 'f'.repeat(64))).toBeUndefined();
    writeFileSync(base.replace('.vstyle', '.atlas.json'), '{"base": 3}');
    await expect(readAtlas(base, record.id)).rejects.toMatchObject({ code: 'preset.corrupt' });
  });
});
