// One model with symbolic sizes runs at several, each like the model built for that size.
import { afterAll, describe, expect, it } from 'vitest';
import { emit } from '../../../../src-main/engine/onnx/emit.ts';
import { createOrtSessions } from '../../../../src-main/engine/runtime/ort-node.ts';
import { tensor } from '../../../../src-main/engine/tensor/tensor.ts';
import { interpreter } from '../../../support/interpreter.ts';
import { spread } from '../../../support/proof-model.ts';
import { smallPainter } from '../../../support/small-painter.ts';

const sessions = createOrtSessions();
afterAll(() => expect(sessions.liveSessions()).toBe(0));

describe('a model with symbolic height and width', () => {
  it('paints three sizes as the models built for them', async () => {
    const symbolic = { picture: [1, 3, 'H', 'W'], painted: [1, 3, 'H', 'W'] };
    const session = await sessions.open(emit({ painted: smallPainter(8, 8) }, { symbolic }), { provider: 'cpu', threads: 1 });
    try {
      expect(session.inputs[0].shape).toEqual([1, 3, 'H', 'W']);
      for (const [height, width] of [[8, 8], [16, 4], [12, 20]]) {
        const picture = spread([1, 3, height, width], 5, [0, 1]);
        const { painted } = await session.run({ picture: tensor(picture.shape, Float32Array.from(picture.data)) });
        const [exact] = interpreter(emit({ painted: smallPainter(height, width) }))({ picture }, ['painted']);
        expect(painted.shape).toEqual([1, 3, height, width]);
        const worst = exact.data.reduce((most, number, at) => Math.max(most, Math.abs(number - Number(painted.data[at]))), 0);
        expect(worst).toBeLessThan(1e-5);
      }
    } finally {
      await session.release();
    }
  });
});
