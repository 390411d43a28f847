// The measures through real pretrained networks and a real painting; skipped where the development data is absent.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { decodePixels } from '../../../../src-main/engine/image/codec.ts';
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
});
