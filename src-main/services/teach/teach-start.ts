// What a teaching starts from: an earlier style, or a base with the blend of its styles that is nearest to the paintings.
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { StudioError } from '../../contract/fault.ts';
import { plainMarks, type MarkKind, type Preset } from '../../contract/style.ts';
import type { TeachRequest, TrainerEvent, TrainerFolders } from '../../contract/teaching.ts';
import { defaultDiscriminator, discriminatorLayout } from '../../engine/networks/patch-discriminator.ts';
import type { StyleTargets } from '../../engine/training/feature-model.ts';
import type { StateVectors } from '../../engine/training/state.ts';
import { blendCodes, distancesTo, isComparable, nearestInMarks, sharesFor, sketchOf } from '../../engine/training/style-atlas.ts';
import { readAtlas } from '../library/base-atlas.ts';
import { openBase, otherBase } from '../library/bases.ts';
import { presetEnding, readPreset, readPresetCover } from '../library/preset-file.ts';

type Start = Pick<TeachRequest, 'base' | 'continueStyle'>;

/** The style that is continued, or the base generator. Throws preset.*, disk.failed. */
export async function openStart({ base, continueStyle }: Start, folders: TrainerFolders): Promise<Preset> {
  if (continueStyle === undefined) return openBase(base, folders);
  const preset = await readPreset(continueStyle);
  if (preset.weights !== undefined) return preset;
  const generator = await openBase(base, folders);
  if (generator.record.id !== preset.record.base) throw otherBase(preset.record);
  return { ...preset, weights: generator.weights };
}

/**
 * The numbers a teaching starts from. Over a base with an atlas the code is a blend of the styles most like the paintings,
 * and the discriminator is the base's without its memory of single styles. Throws preset.corrupt, disk.failed.
 */
export async function startVectors(start: Preset, request: Start, targets: StyleTargets, tell: (event: TrainerEvent) => void): Promise<StateVectors> {
  if (!start.weights) throw new StudioError('internal', { reason: 'a start without weights' });
  const code = request.continueStyle === undefined ? await nearestCode(start, request.base, targets, tell) : undefined;
  const critic = criticOf(start);
  return { weights: start.weights, code: code ?? start.code, ...(critic && { critic }) };
}

async function nearestCode(base: Preset, path: string, targets: StyleTargets, tell: (event: TrainerEvent) => void): Promise<Float32Array | undefined> {
  const atlas = path === 'none' ? undefined : await readAtlas(path, base.record.id);
  if (!atlas) return undefined;
  if (!isComparable(atlas, targets)) {
    tell({ kind: 'warning', key: 'training.no-start', details: {} });
    return undefined;
  }
  const shares = sharesFor(distancesTo(atlas, sketchOf(targets)));
  return blendCodes(atlas, shares);
}

/**
 * What the new style's colours lie side by side in: as asked; as the style has them that is continued; else as the shipped style whose marks are most
 * like the paintings', and plain strokes where none is known. Throws preset.corrupt, disk.failed.
 */
export async function marksFor(start: Preset, request: Start & Pick<TeachRequest, 'marks'>, targets: StyleTargets, { resources }: Pick<TrainerFolders, 'resources'>): Promise<MarkKind> {
  if (request.marks) return request.marks;
  if (request.continueStyle !== undefined) return start.record.marks ?? plainMarks;
  const atlas = request.base === 'none' ? undefined : await readAtlas(request.base, start.record.id);
  if (!atlas || !isComparable(atlas, targets)) return plainMarks;
  const shipped = join(resources, 'styles', `${atlas.slugs[nearestInMarks(atlas, sketchOf(targets))]}${presetEnding}`);
  const isThere = await access(shipped).then(() => true, () => false); // a base of one's own knows styles that do not ship
  return (isThere ? (await readPresetCover(shipped)).record.marks : undefined) ?? plainMarks;
}

/** What the discriminator knows of paint in general: its layout with one style is the beginning of that with several. */
export function criticOf({ record, critic }: Preset): Float32Array | undefined {
  const sameSizes = JSON.stringify(record.critic?.channels) === JSON.stringify(defaultDiscriminator.channels);
  return critic && sameSizes ? critic.slice(0, discriminatorLayout(defaultDiscriminator).size) : undefined;
}
