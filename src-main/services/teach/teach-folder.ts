// A teaching of the studio on disk: what was asked, from copies of the paintings, so that closing the window loses nothing.
import { copyFile, readdir, readFile, rm } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import * as v from 'valibot';
import { markKinds } from '../../contract/style.ts';
import { diskFault, errorCodeOf, makeFolder, writeSafely } from '../disk.ts';

const fileName = 'run.json';
/** Finished runs that are listed for their curves alone. */
const mostFinished = 12;
const text = v.pipe(v.string(), v.maxLength(4096));
const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
const whole = v.pipe(v.number(), v.integer());
const region = v.object({ x: whole, y: whole, width: whole, height: whole });

const wishesSchema = v.object({
  balance: share,
  strokePercent: v.pipe(v.number(), v.minValue(25), v.maxValue(400)),
  marks: v.array(v.object({ x: share, y: share, width: share, height: share, verdict: v.picklist(['more', 'less']) })),
});

const runSchema = v.looseObject({
  formatVersion: v.literal(1),
  run: v.pipe(v.string(), v.regex(/^[\w-]{1,64}$/)),
  name: text,
  /** Below the run's folder. */
  paintings: v.array(text),
  /** Of each painting; a region by itself is how one part was written before there were several. */
  crops: v.array(v.nullable(v.union([v.literal('auto'), v.pipe(v.array(region), v.minLength(1)), v.pipe(region, v.transform((crop) => [crop]))]))),
  hasCanvas: v.boolean(),
  /** The document the canvas was painted of, and what of it a glaze there sees. */
  place: v.optional(v.object({ document: text, beneath: v.exactOptional(text), above: v.exactOptional(text) })),
  practise: v.boolean(),
  seconds: v.optional(v.number()),
  depth: v.optional(v.picklist(['sketch', 'refine', 'paint'])),
  brokenInto: v.optional(v.picklist(markKinds)),
  continueStyle: v.optional(text),
  wishes: wishesSchema,
  kept: v.array(v.object({ name: text, step: v.number(), file: text })),
  /** The style it became: from then on only its curves and kept states are of use. */
  done: v.optional(v.object({ style: text })),
  startedAt: text,
});

/** Everything a run needs to be gone on with, and what it became. */
export type TeachRunRecord = v.InferOutput<typeof runSchema>;

/** Flattened picture of the artist's document, on which the style is shown. */
export const canvasName = 'canvas.png';

/** Copies of the paintings, each in a folder of its own: faults and notes name them as the artist does. Throws disk.*. */
export async function copyPaintings(paths: readonly string[], folder: string): Promise<string[]> {
  const names = paths.map((path, index) => join(`${index + 1}`, `${basename(path, extname(path)).slice(0, 60)}${extname(path)}`));
  for (const [index, path] of paths.entries()) {
    await makeFolder(join(folder, `${index + 1}`));
    await copyFile(path, join(folder, names[index] ?? '')).catch((thrown: unknown) => {
      throw diskFault(thrown, path);
    });
  }
  return names;
}

export async function writeRun(folder: string, record: TeachRunRecord): Promise<void> {
  await writeSafely(join(folder, fileName), new TextEncoder().encode(`${JSON.stringify(record, null, 2)}\n`));
}

/** The runs below a folder; what cannot be read is none. */
export async function readRuns(folder: string): Promise<TeachRunRecord[]> {
  const names = await readdir(folder).catch((thrown: unknown) => {
    if (errorCodeOf(thrown) === 'ENOENT') return [];
    throw diskFault(thrown, folder);
  });
  const runs = await Promise.all(names.map((name) => readRun(join(folder, name))));
  return runs.filter((run) => run !== undefined).sort((a, b) => a.startedAt.localeCompare(b.startedAt));
}

async function readRun(folder: string): Promise<TeachRunRecord | undefined> {
  try {
    const checked = v.safeParse(runSchema, JSON.parse(await readFile(join(folder, fileName), 'utf8')));
    return checked.success ? checked.output : undefined;
  } catch {
    return undefined; // a folder that is no run, or one being made
  }
}

/** Copies of the paintings go: the library keeps small ones beside the style. Throws disk.*. */
export async function removePaintings(folder: string, { paintings }: TeachRunRecord): Promise<void> {
  for (const painting of paintings) await removeRun(join(folder, dirname(painting)));
}

/** Of finished runs without kept states the latest stay. Throws disk.*. */
export async function removeFinished(root: string): Promise<void> {
  const finished = (await readRuns(root)).filter(({ done, kept }) => done && kept.length === 0);
  for (const { run } of finished.slice(0, -mostFinished)) await removeRun(join(root, run));
}

export async function removeRun(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true }).catch((thrown: unknown) => {
    throw diskFault(thrown, folder);
  });
}
