// Opens a pair of networks: one reads a style from a picture, the other paints with what it read (Ghiasi et al. 2017).
import { StudioError } from '../../../contract/fault.ts';
import { GraphIndex } from '../../onnx/graph-index.ts';
import { parseModel, type ModelPort, type ParsedModel } from '../../onnx/parse.ts';
import { sizeOf, type AnyTensor, type Tensor } from '../../tensor/tensor.ts';
import { packPicture, type ValueRange } from './convention.ts';
import type { ExternalRunner } from './external-runner.ts';
import { scaledTo } from './mirror.ts';
import { openOnCpu, openWithExtra, type ExternalOptions } from './open-external.ts';
import { rangeOfValues } from './output-judgement.ts';
import { pictureInput, picturePorts } from './picture-ports.ts';
import { statedFacts } from './stated-facts.ts';
import { boundsOf, preprocessedRange } from './value-evidence.ts';

export interface NetworkFile {
  /** Name for messages, no path. */
  readonly file: string;
  readonly model: Uint8Array;
}

/** Side in px at which a predictor that takes any size is shown the style picture. */
const predictorSidePx = 256;

/**
 * A runner that paints in the style of a picture [1,3,h,w] in [0,1].
 * Throws as openExternal does, and network.not-an-image-network when the two do not fit together.
 */
export async function openExternalPair(transfer: NetworkFile, predictor: NetworkFile, stylePicture: Tensor, options: ExternalOptions): Promise<ExternalRunner> {
  const parsed = parseModel(transfer.model, transfer.file);
  const ports = picturePorts(parsed.summary, transfer.file);
  const [wanted, ...more] = ports.others;
  if (!wanted || more.length > 0) {
    throw new StudioError('network.not-an-image-network', { file: transfer.file, reason: `it takes ${ports.others.length} inputs besides the picture, where a predictor gives one` });
  }
  const style = await readStyle(predictor, stylePicture, naturalRange(parsed, ports.output.name), wanted, transfer.file, options);
  return openWithExtra(parsed, transfer.model, transfer.file, ports, { [wanted.name]: style }, options);
}

/** The range the painting network keeps to: a pair is made by one hand, so the predictor is expected to share it. */
function naturalRange(parsed: ParsedModel, output: string): ValueRange {
  const bounds = boundsOf(new GraphIndex(parsed.model), output);
  return bounds ? rangeOfValues(bounds.low, bounds.high) : '0..1';
}

async function readStyle(predictor: NetworkFile, picture: Tensor, natural: ValueRange, wanted: ModelPort, painter: string, options: ExternalOptions): Promise<AnyTensor> {
  const parsed = parseModel(predictor.model, predictor.file);
  const { port, fixed } = pictureInput(parsed.summary, predictor.file);
  const stated = statedFacts(parsed.summary);
  const range = stated.range ?? preprocessedRange(new GraphIndex(parsed.model), port.name) ?? natural;
  const channels = options.channels ?? stated.channels ?? 'rgb';
  const shown = scaledTo(picture, fixed ?? { width: predictorSidePx, height: predictorSidePx });
  const session = await openOnCpu(predictor.model, predictor.file, options);
  try {
    const results = await session.run({ [port.name]: packPicture(shown, port, { range, channels }) });
    const fitting = Object.values(results).find((result) => fits(result, wanted));
    if (fitting) return { ...fitting, shape: asDeclared(fitting, wanted) };
    const given = Object.values(results).map(({ shape }) => shape.join('×')).join(', ');
    throw new StudioError('network.not-an-image-network', {
      file: painter,
      reason: `it needs “${wanted.name}” of ${wanted.shape?.join('×') ?? 'unknown size'}, and ${predictor.file} gives ${given}`,
    });
  } finally {
    await session.release();
  }
}

/** Same kind and as many numbers, wherever the painter declares them. */
function fits(result: AnyTensor, wanted: ModelPort): boolean {
  const known = wanted.shape?.filter((dim) => typeof dim === 'number') ?? [];
  return result.type === wanted.type && sizeOf(result.shape) % sizeOf(known) === 0 && (known.length < (wanted.shape?.length ?? 0) || sizeOf(result.shape) === sizeOf(known));
}

/** [1,100] and [1,100,1,1] hold the same style. */
function asDeclared(result: AnyTensor, { shape }: ModelPort): readonly number[] {
  const declared = shape?.every((dim) => typeof dim === 'number') ? shape.map(Number) : undefined;
  return declared ?? result.shape;
}
