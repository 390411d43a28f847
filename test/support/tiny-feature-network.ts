// A feature network of a few fixed filters with the output names of a known family: small, quick, and no stranger's weights.
import { attributeTypes, elementTypes, encodeModel, type NodeProto, type TensorProto } from '../../src-main/engine/onnx/proto.ts';

interface Changes {
  readonly metadata?: Readonly<Record<string, string>>;
  readonly outputs?: readonly string[];
  readonly inputChannels?: number;
}

/** image [1,3,H,W] → four layers of a known family, at half, quarter, quarter and eighth size. */
export function tinyFeatureNetwork({ metadata = {}, outputs = ['relu1', 'fire2', 'fire3', 'fire5'], inputChannels = 3 }: Changes = {}): Uint8Array {
  const widths = [12, 16, 16, 16];
  const strides = [2, 2, 1, 2];
  const node: NodeProto[] = [];
  const initializer: TensorProto[] = [];
  outputs.forEach((name, i) => {
    const [from, to] = [i === 0 ? inputChannels : widths[i - 1]!, widths[i]!];
    initializer.push({ name: `w${i}`, dims: [to, from, 3, 3], dataType: elementTypes.float32, rawData: new Uint8Array(filters(to, from, i).buffer) });
    const ints = (key: string, values: number[]) => ({ name: key, type: attributeTypes.ints, ints: values });
    const stride = strides[i]!;
    node.push({ opType: 'Conv', input: [i === 0 ? 'image' : outputs[i - 1]!, `w${i}`], output: [`c${i}`], attribute: [ints('pads', [1, 1, 1, 1]), ints('strides', [stride, stride])] });
    node.push({ opType: 'Relu', input: [`c${i}`], output: [name] });
  });
  const port = (name: string, channels: number) => ({
    name,
    type: { tensorType: { elemType: elementTypes.float32, shape: { dim: [{ dimValue: 1 }, { dimValue: channels }, { dimParam: `${name}_h` }, { dimParam: `${name}_w` }] } } },
  });
  return encodeModel({
    irVersion: 8,
    opsetImport: [{ version: 18 }],
    graph: { name: 'features', node, initializer, input: [port('image', inputChannels)], output: outputs.map((name, i) => port(name, widths[i]!)) },
    metadataProps: Object.entries(metadata).map(([key, value]) => ({ key, value })),
  });
}

/** Random filters see enough to tell textures apart. */
function filters(to: number, from: number, layer: number): Float32Array {
  let state = 12345 + layer;
  const next = (): number => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32 - 0.5;
  return Float32Array.from({ length: to * from * 9 }, () => next() * (2 / Math.sqrt(from)));
}
