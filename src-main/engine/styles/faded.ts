// A runner at partial strength: its result over the picture, in linear light.
import { linearToSrgb, srgbToLinear } from '../image/color.ts';
import { tensor } from '../tensor/tensor.ts';
import type { StyleRunner } from './style-engine.ts';

/** The same runner at a strength in 0..1; at 1 untouched, at 0 the picture's own numbers come back. */
export function faded(runner: StyleRunner, strength: number): StyleRunner {
  if (strength === 1) return runner;
  return {
    tiling: runner.tiling,
    learnedSize: runner.learnedSize,
    ...(runner.measuredSize !== undefined && { measuredSize: runner.measuredSize }),
    measure: (thumbnail, masks, over) => (strength === 0 ? Promise.resolve() : runner.measure(thumbnail, masks, over)),
    freeze: () => runner.freeze(),
    thaw: (statistics) => runner.thaw(statistics),
    async paint(window) {
      if (strength === 0) return window.picture;
      const { data, shape } = await runner.paint(window);
      const picture = window.picture.data;
      return tensor(shape, data.map((value, index) => linearToSrgb(strength * srgbToLinear(value) + (1 - strength) * srgbToLinear(picture[index]!))));
    },
    close: () => runner.close(),
  };
}
