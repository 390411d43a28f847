// Instance statistics of a whole picture, measured once on a preview and kept for every tile (URST 2021).
import type { GeneratorSpec } from '../../../contract/style.ts';
import { constant, input } from '../../graph/ops/index.ts';
import type { Value } from '../../graph/value.ts';
import { applyNorm, instanceStatistics, type InstanceStatistics } from '../../networks/instance-norm.ts';
import { generate, generatorLayout, normLayers, type Norm } from '../../networks/generator.ts';
import type { Rule } from '../../graph/rewrite.ts';
import { emit } from '../../onnx/emit.ts';
import { mixedRows } from './mixed-rows.ts';
import { codeParts, partsOf } from './weights.ts';
import type { FrozenStatistics } from './folded-graph.ts';
import { StudioError } from '../../../contract/fault.ts';
import type { TensorTable } from '../../tensor/safetensors.ts';
import { tensor, type AnyTensor } from '../../tensor/tensor.ts';

export interface MeasureSpec {
  readonly generator: GeneratorSpec;
  readonly weights: Float32Array;
  readonly codes: readonly Float32Array[];
  readonly width: number;
  readonly height: number;
  /** Rewriting for the device that will run it. */
  readonly rules?: readonly Rule[];
}

/** Model that outputs `LAYER.mean` and `LAYER.variance` [1,C,1,1] of every norm, from `picture`, `noise` and, with several codes, `masks`. */
export function measureModel(spec: MeasureSpec): Uint8Array {
  const { generator, codes, width, height } = spec;
  const picture = input('picture', [1, 3, height, width]);
  const noise = input('noise', [1, 1, height, width]);
  const masks = codes.length > 1 ? input('masks', [1, codes.length, height, width]) : undefined;
  const weights = Object.fromEntries(partsOf(generatorLayout(generator), spec.weights).map(({ name, shape, data }) => [name, constant(data, shape)]));
  const outputs: Record<string, Value> = {};
  const record = (layer: string, { mean, variance }: InstanceStatistics): void => {
    outputs[`${layer}.mean`] = mean;
    outputs[`${layer}.variance`] = variance;
  };
  generate(generator, weights, measuringNorm(spec, masks, record), picture, noise);
  return emit(outputs, { rules: spec.rules });
}

function measuringNorm({ generator, codes }: MeasureSpec, masks: Value | undefined, record: (layer: string, statistics: InstanceStatistics) => void): Norm {
  const parts = codes.map((code) => codeParts(generator, code));
  const mixed = mixedRows(masks);
  return (layer, x) => {
    const statistics = instanceStatistics(x);
    record(layer, statistics);
    const affine = (pick: 'gamma' | 'beta'): Value => mixed(parts.map((code) => code[layer][pick]), x.shape[2]);
    return applyNorm(x, statistics, { gamma: affine('gamma'), beta: affine('beta') });
  };
}

/** The measured outputs by layer. */
export function frozenStatistics(generator: GeneratorSpec, outputs: Readonly<Record<string, AnyTensor>>): FrozenStatistics {
  const numbers = (name: string): Float32Array => outputs[name].data as Float32Array;
  return Object.fromEntries(
    normLayers(generator).map(({ name }) => [name, { mean: numbers(`${name}.mean`), variance: numbers(`${name}.variance`) }]),
  );
}

/** Frozen statistics as tensors LAYER.mean and LAYER.variance, [C] each. */
export function statisticsTable(statistics: FrozenStatistics): TensorTable {
  const entries = Object.entries(statistics).flatMap(([name, parts]) => Object.entries(parts).map(([part, data]) => [`${name}.${part}`, tensor([data.length], data)] as const));
  return Object.fromEntries(entries);
}

/** The way back. Throws asset.corrupt where a layer is missing or has another number of channels. */
export function thawedStatistics(generator: GeneratorSpec, table: TensorTable): FrozenStatistics {
  const numbers = (name: string, channels: number): Float32Array => {
    const found = table[name]?.data;
    if (found?.length !== channels) throw new StudioError('asset.corrupt', { asset: 'statistics' });
    return found;
  };
  return Object.fromEntries(
    normLayers(generator).map(({ name, channels }) => [name, { mean: numbers(`${name}.mean`, channels), variance: numbers(`${name}.variance`, channels) }]),
  );
}
