// Parts of a painting as targets: calm crops aim at its calm parts, busy ones at its busy parts.
import { describe, expect, it } from 'vitest';
import { createOrtSessions } from '../../../../src-main/engine/runtime/ort-node.ts';
import { tensor } from '../../../../src-main/engine/tensor/tensor.ts';
import type { Picture } from '../../../../src-main/engine/training/augment.ts';
import type { Batch } from '../../../../src-main/engine/training/batch.ts';
import { measureStyle, readFeatureModel } from '../../../../src-main/engine/training/feature-model.ts';
import { measureRegions, regionalAim } from '../../../../src-main/engine/training/regions.ts';
import { strokePicture } from '../../../support/small-teaching.ts';
import { tinyFeatureNetwork } from '../../../support/tiny-feature-network.ts';

const options = { provider: 'cpu', threads: 1 } as const;
const rule = { cropPx: 32, patchPx: 32, patches: 1, styleSizePx: 400 };

/** Grey on the left, strokes on the right. */
function halfCalm(width: number, height: number): Picture {
  const picture = strokePicture(width, height);
  const data = Uint8Array.from(picture.data);
  for (let y = 0; y < height; y++) data.fill(120, 3 * y * width, 3 * (y * width + width / 2));
  return { ...picture, data };
}

function crop(picture: Picture, left: number): Batch {
  const content = tensor([1, 3, 32, 32]);
  for (let at = 0; at < 1024; at++) {
    for (let channel = 0; channel < 3; channel++) content.data[channel * 1024 + at] = picture.data[3 * (Math.floor(at / 32) * picture.width + left + (at % 32)) + channel] / 255;
  }
  return { content, noise: tensor([1, 1, 32, 32]), patches: tensor([1, 3, 32, 32]), style: 0 };
}

async function measured(share: number) {
  const sessions = createOrtSessions();
  const model = readFeatureModel(tinyFeatureNetwork(), 'tiny.onnx');
  const painting = halfCalm(400, 300);
  const whole = await measureStyle([painting], model, sessions, options);
  const regions = await measureRegions([painting], whole, share, model, sessions, options);
  const photo = halfCalm(96, 64);
  const aim = regionalAim([regions], [whole], { photos: [photo], styles: [[painting]] }, rule);
  return { whole, regions, calm: aim(crop(photo, 0)), busy: aim(crop(photo, 60)), gram: Object.keys(whole).find((name) => name.startsWith('gram.')) ?? '' };
}

const size = (numbers: Iterable<number>): number => Math.hypot(...numbers);

describe('regions of a painting', () => {
  it('give calm crops the Gram matrices of calm parts and busy crops those of busy ones', async () => {
    const { calm, busy, gram, regions } = await measured(1);
    expect(regions.length).toBeGreaterThanOrEqual(12);
    expect(size(busy[gram].data)).toBeGreaterThan(1.2 * size(calm[gram].data));
  });

  it('keep the size of the whole style as their measure, and are the whole style at share 0', async () => {
    const { whole, calm, busy, gram } = await measured(0);
    expect(calm).toEqual(whole);
    expect(busy).toEqual(whole);
    const { calm: own } = await measured(1);
    const rms = gram.replace('gram.', 'rms.');
    expect(own[rms]).toEqual(whole[rms]);
  });
});
