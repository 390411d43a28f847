// Where a picture goes into a network and where it comes out.
import { StudioError } from '../../../contract/fault.ts';
import type { Extent } from '../../../contract/image.ts';
import type { ModelPort, ModelSummary } from '../../onnx/parse.ts';
import type { ElementType, Layout, PicturePort } from './convention.ts';

/** A fixed window beyond this is refused before memory is spent on it. */
const largestFixedPx = 4096;

export interface PicturePorts {
  readonly input: PicturePort;
  readonly output: PicturePort;
  /** The one size the input takes, where it is fixed. */
  readonly fixed?: Extent;
  /** Inputs besides the picture, e.g. a style vector. */
  readonly others: readonly ModelPort[];
}

/** The picture ports of a network. Throws network.not-an-image-network with what is missing. */
export function picturePorts(summary: ModelSummary, file: string): PicturePorts {
  const input = pictureAmong(summary.inputs, file, 'input');
  const output = pictureAmong(summary.outputs, file, 'output', input.layout);
  const fixed = fixedExtent(input.port.shape, input.layout, file);
  return {
    input: portOf(input, file),
    output: portOf(output, file),
    ...(fixed ? { fixed } : {}),
    others: summary.inputs.filter((port) => port !== input.port),
  };
}

/** The picture input alone, for networks that turn a picture into numbers. Throws network.not-an-image-network. */
export function pictureInput(summary: ModelSummary, file: string): { readonly port: PicturePort; readonly fixed?: Extent } {
  const found = pictureAmong(summary.inputs, file, 'input');
  const fixed = fixedExtent(found.port.shape, found.layout, file);
  return { port: portOf(found, file), ...(fixed ? { fixed } : {}) };
}

interface Found {
  readonly port: ModelPort;
  readonly layout: Layout;
}

/** `otherwise`: the layout of a port that declares nothing; the trial then proves it or not. */
function pictureAmong(ports: readonly ModelPort[], file: string, side: string, otherwise?: Layout): Found {
  for (const port of ports) {
    const layout = layoutOf(port.shape, otherwise);
    if (layout) return { port, layout };
  }
  const shapes = ports.map(({ name, shape }) => `${name} [${shape?.join(', ') ?? '?'}]`).join(', ');
  throw new StudioError('network.not-an-image-network', { file, reason: `its ${side} is ${shapes || 'missing'}, not a picture of three channels` });
}

/** Four dimensions, one of them three channels; where only symbols stand, NCHW or what is given. */
function layoutOf(shape: ModelPort['shape'], otherwise?: Layout): Layout | undefined {
  if (shape === undefined) return otherwise;
  if (shape.length !== 4 || (typeof shape[0] === 'number' && shape[0] !== 1)) return undefined;
  if (shape[1] === 3) return 'nchw';
  if (shape[3] === 3) return 'nhwc';
  return shape.slice(1).every((dim) => typeof dim === 'string') ? (otherwise ?? 'nchw') : undefined;
}

function fixedExtent(shape: ModelPort['shape'], layout: Layout, file: string): Extent | undefined {
  const [height, width] = (layout === 'nchw' ? shape?.slice(2) : shape?.slice(1)) ?? [];
  if (typeof height !== 'number' || typeof width !== 'number') return undefined;
  if (Math.max(height, width) > largestFixedPx) throw new StudioError('network.too-large', { file, limit: `${largestFixedPx} px` });
  return { width, height };
}

function portOf({ port, layout }: Found, file: string): PicturePort {
  const types: readonly string[] = ['float32', 'float16', 'uint8'] satisfies ElementType[];
  if (!types.includes(port.type)) {
    throw new StudioError('network.not-an-image-network', { file, reason: `${port.name} holds ${port.type}, which pictures are not made of` });
  }
  return { name: port.name, layout, type: port.type as ElementType };
}
