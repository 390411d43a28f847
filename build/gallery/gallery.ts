// From a base generator and its table of codes to the shipped styles: each with its card, its figures and a thumbnail.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { StyleCard, StyleMeter, StyleMeters } from '../../src-main/contract/style-card.ts';
import { programLabel } from '../../src-main/contract/program.ts';
import type { Preset, PresetRecord } from '../../src-main/contract/style.ts';
import { decodePixels } from '../../src-main/engine/image/codec.ts';
import { codeLayout } from '../../src-main/engine/networks/generator.ts';
import { createOrtSessions } from '../../src-main/engine/runtime/ort-node.ts';
import { readSafetensors } from '../../src-main/engine/tensor/safetensors.ts';
import type { Picture } from '../../src-main/engine/training/augment.ts';
import { makeFolder } from '../../src-main/services/disk.ts';
import { presetEnding, readPreset, writePreset } from '../../src-main/services/preset-file.ts';
import { createPreviewer } from '../../src-main/services/teach-preview.ts';
import { paintings, sale, type GalleryPainting } from './paintings.ts';

export interface GalleryFiles {
  /** The base generator, a .vstyle. */
  readonly base: string;
  /** Safetensors with `codes` [K,S], the first row the identity's. */
  readonly codes: string;
  /** JSON: {base, slugs} with a slug for every row. */
  readonly slugs: string;
  /** The picture that every thumbnail shows. */
  readonly sample: string;
  /** JSON: {judge, styles: {SLUG: {styleMatch, contentKept, colourShift}}}; cards have no figures without it. */
  readonly meters?: string;
  readonly out: string;
  /** Only these slugs. */
  readonly only?: RegExp;
}

const identity = 'identity';
const licence = 'MIT, like the program; the painting it was learned from is in the public domain.';

/** Writes every style of the table that has a card; their records in the table's order. Throws an Error that says which file does not fit, preset.*, picture.*, disk.*. */
export async function makeGallery(files: GalleryFiles, told: (line: string) => void = () => undefined): Promise<PresetRecord[]> {
  const base = await readPreset(files.base);
  const rows = await rowsOf(files, base);
  const meters = files.meters === undefined ? {} : await metersOf(files.meters);
  const picture = (await decodePixels(files.sample, { longSide: base.record.learnedSizePx })) as Picture;
  await makeFolder(files.out);
  const written: PresetRecord[] = [];
  for (const painting of paintings.filter(({ slug }) => files.only?.test(slug) ?? true)) {
    const code = rows.get(painting.slug);
    if (!code) throw new Error(`${basename(files.slugs)} has no row "${painting.slug}"`);
    const record = recordOf(base, painting, meters[painting.slug]);
    const thumbnail = await thumbnailOf(base, code, picture);
    written.push(await writePreset(join(files.out, `${painting.slug}${presetEnding}`), { record, code, thumbnail }));
    told(`${painting.slug} · ${Math.round(thumbnail.length / 1024)} kB thumbnail`);
  }
  return written;
}

/** The codes by slug. */
async function rowsOf({ codes, slugs }: GalleryFiles, base: Preset): Promise<Map<string, Float32Array>> {
  const table = readSafetensors(await readFile(codes), basename(codes))['codes'];
  const index = JSON.parse(await readFile(slugs, 'utf8')) as { readonly base?: string; readonly slugs: readonly string[] };
  const size = codeLayout(base.record.generator).size;
  const [count, width] = table?.shape ?? [];
  if (!table || width !== size) throw new Error(`${basename(codes)} holds no codes of ${size} numbers`);
  if (index.base !== undefined && index.base !== base.record.id) throw new Error(`${basename(slugs)} belongs to the base ${index.base.slice(0, 12)}, not to ${base.record.id.slice(0, 12)}`);
  if (index.slugs[0] !== identity || index.slugs.length !== count) throw new Error(`${basename(slugs)} names ${index.slugs.length} rows of ${count ?? 0}, or not the identity first`);
  return new Map(index.slugs.map((slug, row) => [slug, table.data.slice(row * size, (row + 1) * size)]));
}

/** All but numbers comes from the base and the table: equal inputs give equal files. */
function recordOf({ record }: Preset, { slug, ...painting }: GalleryPainting, meters: StyleMeters | undefined): PresetRecord {
  const card: StyleCard = { ...painting, sale, ...(meters && { meters }) };
  return {
    formatVersion: 1,
    kind: 'code',
    engine: record.engine,
    name: slug,
    id: '0'.repeat(64), // computed from the numbers when the preset is written
    base: record.id,
    generator: record.generator,
    learnedSizePx: record.learnedSizePx,
    depth: record.depth,
    createdAt: record.createdAt,
    program: programLabel,
    licence,
    card,
    lineage: { recipe: record.lineage.recipe, steps: record.lineage.steps },
  };
}

async function metersOf(path: string): Promise<Readonly<Record<string, StyleMeters>>> {
  const { judge, styles } = JSON.parse(await readFile(path, 'utf8')) as { readonly judge: string; readonly styles: Readonly<Record<string, Readonly<Record<string, number>>>> };
  const meter = (value: number | undefined): StyleMeter | undefined => (value === undefined ? undefined : { value: Number(value.toPrecision(4)), judge });
  const metersFor = ({ styleMatch, contentKept, colourShift }: Readonly<Record<string, number>>): StyleMeters => ({
    styleMatch: meter(styleMatch),
    contentKept: meter(contentKept),
    colourShift: meter(colourShift),
  });
  return Object.fromEntries(Object.entries(styles).map(([slug, figures]) => [slug, metersFor(figures)]));
}

async function thumbnailOf(base: Preset, code: Float32Array, picture: Picture): Promise<Uint8Array> {
  if (!base.weights) throw new Error(`${base.record.name} has no weights to paint with`);
  const folder = await mkdtemp(join(tmpdir(), 'velatura-gallery-'));
  try {
    const { generator, learnedSizePx } = base.record;
    const previewer = createPreviewer({ generator, learnedSizePx, picture, folder, sessions: createOrtSessions(), threads: 1 });
    return await previewer.thumbnail({ weights: base.weights, code });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
