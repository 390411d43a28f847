// Teaches a style with a given feature network for a number of steps, and keeps it so that an aborted run goes on.
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { foldersOf } from '../../src-main/services/node-platform.ts';
import { presetEnding, readPresetCover } from '../../src-main/services/library/preset-file.ts';
import { createTeachControl } from '../../src-main/services/teach/teach-control.ts';
import { runTeaching } from '../../src-main/services/teach/teaching.ts';
import { sha256, stemOf, type Contender } from '../quality/contenders.ts';
import type { TeacherName } from './comparison.ts';

/** Raised when teaching changes, so that what was kept is taught again. */
const teachingVersion = 1;

export interface Lesson {
  readonly paintingFile: string;
  readonly teacher: TeacherName;
  readonly features: string;
  readonly seed: number;
  readonly steps: number;
  readonly photos: readonly string[];
}

/** Refines the identity generator on one thread; what is kept is taught again where `fresh`. Throws as runTeaching. */
export async function teachKept(lesson: Lesson, cache: string, fresh: boolean): Promise<Contender> {
  const { paintingFile, teacher, features, seed, steps, photos } = lesson;
  const { resources } = foldersOf(process.env);
  const files = [features, paintingFile, join(resources, 'models', `identity${presetEnding}`)];
  const key = sha256([teachingVersion, seed, steps, ...photos.map((photo) => basename(photo)), ...files.map((file) => sha256(readFileSync(file)))].join());
  const painting = stemOf(paintingFile);
  const name = `${painting}-${teacher}-${seed}`;
  const file = join(cache, `${name}-${steps}-${key.slice(0, 12)}${presetEnding}`);
  if (fresh || !existsSync(file)) {
    const out = join(cache, 'taught');
    mkdirSync(out, { recursive: true });
    const request = { paintings: [paintingFile], name, photos, features, steps, seed, threads: 1, base: 'none', depth: 'refine' as const, resume: false, out };
    const { preset } = await runTeaching(request, { resources, run: join(out, 'run') }, createTeachControl(), ({ kind, ...said }) => {
      if (kind === 'warning') process.stderr.write(`${name}: ${JSON.stringify(said)}\n`);
    });
    renameSync(preset, file);
    rmSync(out, { recursive: true, force: true });
  }
  const { record } = await readPresetCover(file);
  return { column: `${teacher}, seed ${seed}`, maker: 'ours', name, file, painting, paintingFile, bytes: statSync(file).size, sharedBytes: 0, record, hash: sha256(record.id, record.base) };
}
