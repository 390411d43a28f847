// A style network small enough to write by hand: RGB in 0..255, channels turned round and brightened, any size.
import { attributeTypes, elementTypes, encodeModel, type TensorProto } from '../../src-main/engine/onnx/proto.ts';
import { irVersion, opsetVersion } from '../../src-main/engine/onnx/opset.ts';

/** `slowdown` chains that many 3×3 identity convolutions of 64 channels in between, so that a run takes a while. */
export function styleNetwork({ slowdown = 0 }: { readonly slowdown?: number } = {}): Uint8Array {
  const turn = [0, 1, 0, 0, 0, 1, 1, 0, 0];
  const node = [{ opType: 'Conv', input: ['x', 'turn', 'lift'], output: ['t'] }];
  const initializer = [floats('turn', [3, 3, 1, 1], turn), floats('lift', [3], [10, 10, 10])];
  let last = 't';
  for (let i = 0; i < slowdown; i++) {
    node.push({ opType: 'Conv', input: [last, i === 0 ? 'widen' : 'hold'], output: [`s${i}`], attribute: [{ name: 'pads', type: attributeTypes.ints, ints: [1, 1, 1, 1] }] } as (typeof node)[number]);
    last = `s${i}`;
  }
  if (slowdown > 0) {
    initializer.push(centred('widen', 64, 3), centred('hold', 64, 64), floats('narrow', [3, 64, 1, 1], eye(3, 64)));
    node.push({ opType: 'Conv', input: [last, 'narrow'], output: ['n'] });
    last = 'n';
  }
  node.push({ opType: 'Clip', input: [last, 'low', 'high'], output: ['y'] });
  initializer.push(floats('low', [], [0]), floats('high', [], [255]));
  return encodeModel({ irVersion, opsetImport: [{ version: opsetVersion }], graph: { name: 'turn', node, initializer, input: [port('x')], output: [port('y')] } });
}

function port(name: string) {
  const dim = [{ dimValue: 1 }, { dimValue: 3 }, { dimParam: 'h' }, { dimParam: 'w' }];
  return { name, type: { tensorType: { elemType: elementTypes.float32, shape: { dim } } } };
}

/** 3×3 filters that hand channel c on to channel c. */
function centred(name: string, outputs: number, inputs: number): TensorProto {
  return floats(name, [outputs, inputs, 3, 3], eye(outputs, inputs).flatMap((value) => [0, 0, 0, 0, value, 0, 0, 0, 0]));
}

function eye(rows: number, columns: number): number[] {
  return Array.from({ length: rows * columns }, (_, i) => Number(Math.floor(i / columns) === i % columns));
}

function floats(name: string, dims: number[], data: readonly number[]): TensorProto {
  return { name, dims, dataType: elementTypes.float32, rawData: new Uint8Array(Float32Array.from(data).buffer) };
}
