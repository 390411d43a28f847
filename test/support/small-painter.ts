// A generator in miniature: every kind of layer whose size a run may choose.
import { add, clamp, concat, constant, conv2d, depthToSpace, divide, input, leakyRelu, maxPool2, multiply, reduceMean, spaceToDepth, sqrt, subtract, upsampleNearest } from '../../src-main/engine/graph/ops/index.ts';
import type { Value } from '../../src-main/engine/graph/value.ts';
import { spread } from './proof-model.ts';

/** Input "picture" [1,3,H,W] (multiples of 4) → [1,3,H,W] in [0,1]. */
export function smallPainter(height: number, width: number): Value {
  const picture = input('picture', [1, 3, height, width]);
  const half = leakyRelu(normalised(convolved(spaceToDepth(picture, { block: 2 }), 4, 3)), { slope: 0.2 });
  const quarter = upsampleNearest(convolved(maxPool2(half), 4, 3), { factor: 2 });
  const painted = depthToSpace(convolved(concat(half, quarter, { axis: 1 }), 12, 1), { block: 2 });
  return clamp(add(multiply(painted, constant(0.1)), constant(0.5)), { min: 0, max: 1 });
}

function convolved(x: Value, channels: number, kernel: number): Value {
  const shape = [channels, x.shape[1], kernel, kernel];
  return conv2d(x, constant(Float32Array.from(spread(shape, 1, [-1, 1]).data), shape), { padding: (kernel - 1) / 2 });
}

function normalised(x: Value): Value {
  const axes = [2, 3];
  const centred = subtract(x, reduceMean(x, { axes }));
  return divide(centred, sqrt(add(reduceMean(multiply(centred, centred), { axes }), constant(1e-5))));
}
