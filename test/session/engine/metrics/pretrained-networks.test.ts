// The measures through real pretrained networks and a real painting; skipped where the development data is absent.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { decodePixels } from '../../../../src-main/engine/image/codec.ts';
import { cropOf, cropRegions, extentOf } from '../../../../src-main/engine/metrics/crops.ts';
import { kernelDistance, pooledDirections } from '../../../../src-main/engine/metrics/kernel-distance.ts';
import { openFeatureNetwork } from '../../../../src-main/engine/metrics/feature-network.ts';
import { styleMatch } from '../../../../src-main/engine/metrics/style-match.ts';
import { createOrtSessions } from '../../../../src-main/engine/runtime/ort-node.ts';
import { planesOf } from '../../../../src-main/engine/tensor/layout.ts';

const data = join(import.meta.dirname, '../../../../../shared/data');
const picture = async (name: string) => planesOf(await decodePixels(join(data, name), { longSide: 400 }));

describe.skipIf(!existsSync(data))('a pretrained network (needs ../shared/data)', () => {
  it.each(['squeezenet1_1-features.onnx', 'vgg19norm-relu3_1.onnx'])('%s finds another Van Gogh nearer to one than a photograph', async (file) => {
    const sessions = createOrtSessions();
    const network = await openFeatureNetwork(readFileSync(join(data, 'percept', file)), file, sessions, { provider: 'cpu', threads: 1 });
    const style = [await picture('paintings/vangogh-starry-night.jpg')];
    const [sibling] = await styleMatch([await picture('paintings/vangogh-starry-night-over-the-rhone.jpg')], style, 'full', network);
    const [photo] = await styleMatch([await picture('content/demo-tubingen.jpg')], style, 'full', network);
    expect(photo!.gram).toBeGreaterThan(1.2);
    expect(sibling!.gram).toBeLessThan(photo!.gram);
    await network.close();
    expect(sessions.liveSessions()).toBe(0);
  });

  it.each(['vangogh-starry-night', 'monet-etretat-arch', 'hokusai-great-wave'])('finds crops of %s nearer to others of it than those of photographs by kernel distance', async (name) => {
    const file = 'vgg19norm-relu3_1.onnx';
    const sessions = createOrtSessions();
    const network = await openFeatureNetwork(readFileSync(join(data, 'percept', file)), file, sessions, { provider: 'cpu', threads: 1 });
    const sampleOf = async (from: string): Promise<Float32Array[]> => {
      const whole = await picture(from);
      const found: Float32Array[] = [];
      for (const region of cropRegions(extentOf(whole), 64, 64)) found.push(pooledDirections((await network.features(cropOf(whole, region)))['relu3_1']!));
      return found;
    };
    const painting = await sampleOf(`paintings/${name}.jpg`);
    const [even, odd] = [0, 1].map((part) => painting.filter((_, at) => at % 2 === part)) as [Float32Array[], Float32Array[]];
    const own = Math.abs(kernelDistance(even, odd));
    for (const photo of ['demo-chicago', 'demo-tubingen']) expect(kernelDistance(await sampleOf(`content/${photo}.jpg`), painting)).toBeGreaterThan(3 * own);
    await network.close();
  });
});
