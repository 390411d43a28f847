// The model that computes Gram matrices: second-order statistics are a matrix product, which the runtime does best.
import { irVersion, opsetVersion } from '../onnx/opset.ts';
import { elementTypes, encodeModel, type AttributeProto, attributeTypes, type ValueInfoProto } from '../onnx/proto.ts';

/** x [1,C,H,W] → gram [1,C,C] = F·Fᵀ, not yet divided by H·W; every size is free. */
export function gramModel(): Uint8Array {
  const flat = new Uint8Array(new BigInt64Array([0n, 0n, -1n]).buffer);
  return encodeModel({
    irVersion,
    opsetImport: [{ version: opsetVersion }],
    graph: {
      name: 'gram',
      node: [
        { opType: 'Reshape', input: ['x', 'flat'], output: ['rows'] },
        { opType: 'Transpose', input: ['rows'], output: ['columns'], attribute: [ints('perm', [0, 2, 1])] },
        { opType: 'MatMul', input: ['rows', 'columns'], output: ['gram'] },
      ],
      initializer: [{ name: 'flat', dims: [3], dataType: elementTypes.int64, rawData: flat }],
      input: [port('x', ['N', 'C', 'H', 'W'])],
      output: [port('gram', ['N', 'C', 'C'])],
    },
  });
}

function ints(name: string, values: number[]): AttributeProto {
  return { name, type: attributeTypes.ints, ints: values };
}

function port(name: string, symbols: readonly string[]): ValueInfoProto {
  return { name, type: { tensorType: { elemType: elementTypes.float32, shape: { dim: symbols.map((dimParam) => ({ dimParam })) } } } };
}
