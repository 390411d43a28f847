// A style engine's double: three 3×3 blurs, a change of colour and noise by place, so that its reach is known exactly.
import type { StyleRunner, WindowInput } from '../../src-main/engine/styles/style-engine.ts';
import { tensor, type Tensor } from '../../src-main/engine/tensor/tensor.ts';

const reachPx = 3;

export interface LocalRunnerOptions {
  readonly learnedSize?: number;
  readonly measuredSize?: number;
  readonly multiple?: number;
  readonly fixedPx?: number;
  readonly anySize?: boolean;
  /** How much noise is laid over, 0..1. */
  readonly noise?: number;
  /** Weight of the second style of the masks: it paints white. */
  readonly masked?: boolean;
  /** Paints only where the first mask says so. */
  readonly bare?: boolean;
}

/** The runner, and what it was given. */
export function localRunner(options: LocalRunnerOptions = {}): { readonly runner: StyleRunner; readonly windows: WindowInput[]; readonly thumbnails: Tensor[] } {
  const { learnedSize = 64, multiple = 4, fixedPx, anySize, noise = 0.2 } = options;
  const windows: WindowInput[] = [];
  const thumbnails: Tensor[] = [];
  const runner: StyleRunner = {
    tiling: { haloPx: reachPx, multiple, ...(fixedPx ? { fixed: { width: fixedPx, height: fixedPx } } : {}), ...(anySize ? { anySize } : {}) },
    learnedSize,
    ...(options.measuredSize === undefined ? {} : { measuredSize: options.measuredSize }),
    measure: async (thumbnail) => void thumbnails.push(thumbnail),
    freeze: () => ({}),
    thaw: async () => undefined,
    async paint(window) {
      windows.push(window);
      const { place, frame } = window;
      let planes = window.picture;
      for (let i = 0; i < reachPx; i++) planes = blurred(planes);
      const size = place.width * place.height;
      const data = planes.data.map((value, i) => {
        const x = place.x + (i % place.width);
        const y = place.y + Math.floor((i % size) / place.width);
        const white = options.masked ? window.masks!.data[size + (i % size)]! : 0;
        const painted = (1 - value) * (1 - noise) + noise * hashOf(x, y, frame.width);
        const coloured = painted * (1 - white) + white;
        const cover = options.bare ? window.masks!.data[i % size]! : 1;
        return coloured * cover + window.picture.data[i]! * (1 - cover);
      });
      return tensor(planes.shape, data);
    },
    close: async () => undefined,
  };
  return { runner, windows, thumbnails };
}

/** 0..1 by place alone. */
function hashOf(x: number, y: number, scale: number): number {
  const mixed = Math.imul(x * 73856093 + y * 19349663 + scale * 83492791, 2654435761) >>> 0;
  return mixed / 2 ** 32;
}

/** 3×3 box with zeros outside, as a network pads: wrong at a window's edge, right inside it. */
function blurred(planes: Tensor): Tensor {
  const [, channels = 0, height = 0, width = 0] = planes.shape;
  const out = tensor(planes.shape);
  for (let c = 0; c < channels; c++) {
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        let sum = 0;
        for (let dy = -1; dy <= 1; dy++) {
          for (let dx = -1; dx <= 1; dx++) {
            if (y + dy < 0 || y + dy >= height || x + dx < 0 || x + dx >= width) continue;
            sum += planes.data[(c * height + y + dy) * width + x + dx]!;
          }
        }
        out.data[(c * height + y) * width + x] = sum / 9;
      }
    }
  }
  return out;
}
