// The small picture network with which a provider is tried: the operators that painting stands on, in [0,1].
import { tensor, type Tensor } from '../tensor/tensor.ts';
import { attributeTypes, elementTypes, encodeModel, type AttributeProto, type NodeProto, type TensorProto } from './proto.ts';
import { irVersion, opsetVersion } from './opset.ts';

/** conv 3→16, norm, relu, conv /2, nearest ×2, conv 16→3, sigmoid. x [1,3,16,16] → y [1,3,16,16] in [0,1]. */
export function probeModel(): { readonly model: Uint8Array; readonly feeds: { readonly x: Tensor } } {
  const node = [
    conv('x', 'w1', 'a', 1),
    { opType: 'InstanceNormalization', input: ['a', 'ones', 'zeros'], output: ['b'] },
    { opType: 'Relu', input: ['b'], output: ['c'] },
    conv('c', 'w2', 'd', 2),
    { opType: 'Resize', input: ['d', '', 'scales'], output: ['e'], attribute: [text('mode', 'nearest'), text('coordinate_transformation_mode', 'asymmetric'), text('nearest_mode', 'floor')] },
    conv('e', 'w3', 'f', 1),
    { opType: 'Sigmoid', input: ['f'], output: ['y'] },
  ];
  const initializer = [
    numbers('w1', [16, 3, 3, 3], waves(432, 0.4)),
    numbers('w2', [16, 16, 3, 3], waves(2304, 0.15)),
    numbers('w3', [3, 16, 3, 3], waves(432, 0.15)),
    numbers('ones', [16], new Float32Array(16).fill(1)),
    numbers('zeros', [16], new Float32Array(16)),
    numbers('scales', [4], Float32Array.of(1, 1, 2, 2)),
  ];
  const port = (name: string) => ({ name, type: { tensorType: { elemType: elementTypes.float32, shape: { dim: [1, 3, 16, 16].map((dimValue) => ({ dimValue })) } } } });
  const model = encodeModel({ irVersion, opsetImport: [{ version: opsetVersion }], graph: { name: 'probe', node, initializer, input: [port('x')], output: [port('y')] } });
  return { model, feeds: { x: tensor([1, 3, 16, 16], waves(768, 0.5).map((v) => v + 0.5)) } };
}

function conv(input: string, weights: string, output: string, stride: number): NodeProto {
  return { opType: 'Conv', input: [input, weights], output: [output], attribute: [ints('pads', [1, 1, 1, 1]), ints('strides', [stride, stride])] };
}

/** Fixed numbers in [-scale, scale] without a pattern that hides a swapped axis. */
function waves(length: number, scale: number): Float32Array {
  return Float32Array.from({ length }, (_, i) => scale * Math.sin(1.7 * i + 0.013 * i * i));
}

function numbers(name: string, dims: number[], data: Float32Array): TensorProto {
  return { name, dims, dataType: elementTypes.float32, rawData: new Uint8Array(data.buffer) };
}

function ints(name: string, values: number[]): AttributeProto {
  return { name, type: attributeTypes.ints, ints: values };
}

function text(name: string, value: string): AttributeProto {
  return { name, type: attributeTypes.string, s: new TextEncoder().encode(value) };
}
