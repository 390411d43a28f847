// The discriminator that a style was taught with, opened from its preset to judge pictures.
import { StudioError } from '../../contract/fault.ts';
import type { Preset } from '../../contract/style.ts';
import { constant, input } from '../../engine/graph/ops/index.ts';
import { realismCropPx } from '../../engine/metrics/realism.ts';
import { bind } from '../../engine/networks/parameters.ts';
import { discriminate, discriminatorLayout } from '../../engine/networks/patch-discriminator.ts';
import { emit } from '../../engine/onnx/emit.ts';
import type { Session, SessionFactory, SessionOptions } from '../../engine/runtime/session.ts';

export interface Critic {
  /** Crops of realismCropPx, [1,3,p,p] in [0,1] → logits [1,1,h,w]. Released by whoever opened the critic. */
  readonly session: Session;
  /** Long side in px of the paintings that it has seen. */
  readonly learnedSizePx: number;
}

/** Undefined where the style was taught without one. Throws preset.corrupt where its numbers are not a critic's, session.rejected. */
export async function openCritic({ record, critic }: Preset, sessions: SessionFactory, options: SessionOptions): Promise<Critic | undefined> {
  if (!record.critic || !critic) return undefined;
  const layout = discriminatorLayout(record.critic);
  if (critic.length !== layout.size || record.critic.styles !== 1) throw new StudioError('preset.corrupt', { file: record.name, reason: 'its discriminator is not of the size that the record names' });
  const crop = input('crop', [1, 3, realismCropPx, realismCropPx]);
  const logits = discriminate(record.critic, bind(layout, constant(critic, [critic.length])), crop);
  return { session: await sessions.open(emit({ logits }), options), learnedSizePx: record.learnedSizePx };
}
