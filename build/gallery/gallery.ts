// From the styles a gallery recipe trained to those that ship: half precision, each with its card, its figures and a thumbnail.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { StyleCard, StyleMeter, StyleMeters } from '../../src-main/contract/style-card.ts';
import { programLabel } from '../../src-main/contract/program.ts';
import { plainMarks, type Preset, type PresetRecord } from '../../src-main/contract/style.ts';
import { decodePixels } from '../../src-main/engine/image/codec.ts';
import { createOrtSessions } from '../../src-main/engine/runtime/ort-node.ts';
import type { Picture } from '../../src-main/engine/training/augment.ts';
import { makeFolder } from '../../src-main/services/disk.ts';
import { presetEnding, readPreset, writePreset } from '../../src-main/services/library/preset-file.ts';
import { createPreviewer } from '../../src-main/services/teach/teach-preview.ts';
import { paintings, sale, type GalleryPainting } from './paintings.ts';

export interface GalleryFiles {
  /** Folder of SLUG.vstyle, as `velatura train` leaves them. */
  readonly trained: string;
  /** The picture that every thumbnail shows. */
  readonly sample: string;
  /** JSON: {judge, styles: {SLUG: {styleMatch, contentKept, colourShift}}}; cards have no figures without it. */
  readonly meters?: string;
  readonly out: string;
  /** Only these slugs. */
  readonly only?: RegExp;
}

/** Writes every trained style that has a card, in the order of the cards. Throws an Error for a style of another kind, preset.*, picture.*, disk.*. */
export async function makeGallery(files: GalleryFiles, told: (line: string) => void = () => undefined): Promise<PresetRecord[]> {
  const meters = files.meters === undefined ? {} : await metersOf(files.meters);
  await makeFolder(files.out);
  const written: PresetRecord[] = [];
  for (const painting of paintings.filter(({ slug }) => files.only?.test(slug) ?? true)) {
    const { slug } = painting;
    const { record, code, weights } = await readPreset(join(files.trained, slug + presetEnding));
    if (!weights) throw new Error(`${slug} has no weights of its own`);
    if (!record.hueSpread) throw new Error(`${slug} has no hues of its painting: velatura train measures them`);
    const picture = (await decodePixels(files.sample, { longSide: record.learnedSizePx })) as Picture;
    // written first, so that the thumbnail shows what the stored halves paint
    const path = join(files.out, slug + presetEnding);
    await writePreset(path, { record: recordOf(record, painting, meters[slug]), code, weights });
    const stored = await readPreset(path);
    const thumbnail = await thumbnailOf(stored, picture);
    written.push(await writePreset(path, { ...stored, thumbnail }));
    told(`${slug} · ${Math.round(thumbnail.length / 1024)} kB thumbnail`);
  }
  return written;
}

/** All but numbers comes from the trained style and its card: equal inputs give equal files. The discriminator stays behind (docs/decisions.md). */
function recordOf({ critic: _critic, ...trained }: PresetRecord, { slug, marks, ...painting }: GalleryPainting, meters: StyleMeters | undefined): PresetRecord {
  const card: StyleCard = { ...painting, sale, ...(meters && { meters }) };
  return { ...trained, precision: 'float16', name: slug, program: programLabel, ...(marks && { marks }), card };
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

async function thumbnailOf({ record: { generator, learnedSizePx, hueSpread, marks = plainMarks }, weights, code }: Preset, picture: Picture): Promise<Uint8Array> {
  if (!weights || !hueSpread) throw new Error('a style without weights or hues has no thumbnail');
  const folder = await mkdtemp(join(tmpdir(), 'velatura-gallery-'));
  try {
    const previewer = createPreviewer({ generator, learnedSizePx, colourBreak: { spread: hueSpread, marks }, picture, folder, sessions: createOrtSessions(), threads: 1 });
    return await previewer.thumbnail({ weights, code });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
