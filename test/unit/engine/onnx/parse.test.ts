// Models from outside: described when sound, refused with the right fault when not.
import { describe, expect, it } from 'vitest';
import { encodeModel, type GraphProto, type ModelProto, type NodeProto } from '../../../../src-main/engine/onnx/proto.ts';
import { modelLimits, parseModel } from '../../../../src-main/engine/onnx/parse.ts';
import { scanModel } from '../../../../src-main/engine/onnx/scan.ts';

const picture = (name: string) => ({ name, type: { tensorType: { elemType: 1, shape: { dim: [{ dimValue: 1 }, { dimValue: 3 }, { dimParam: 'H' }, {}] } } } });
const relu: NodeProto = { opType: 'Relu', input: ['x'], output: ['y'] };

function model(graph: Partial<GraphProto> = {}, rest: Partial<ModelProto> = {}): Uint8Array {
  return encodeModel({ irVersion: 8, opsetImport: [{ version: 17 }], graph: { node: [relu], input: [picture('x')], output: [picture('y')], ...graph }, ...rest });
}

describe('parseModel', () => {
  it('describes inputs, outputs, operators, weights, opset and metadata', () => {
    const bytes = model(
      { initializer: [{ name: 'w', dims: [2, 5], dataType: 10, rawData: new Uint8Array(20) }], input: [picture('x'), picture('w')] },
      { metadataProps: [{ key: 'author', value: 'nobody' }], producerName: 'test' },
    );
    const { summary } = parseModel(bytes, 'a.onnx');
    expect(summary.inputs).toEqual([{ name: 'x', type: 'float32', shape: [1, 3, 'H', '?'], denotation: '', doc: '' }]);
    expect(summary).toMatchObject({ opset: 17, nodes: 1, operators: { Relu: 1 }, domains: ['ai.onnx'], weights: 10, weightBytes: { float16: 20 }, metadata: { author: 'nobody' } });
  });

  it('survives every cut and reports it as corrupt, never as anything else', () => {
    const bytes = model();
    for (let length = 0; length < bytes.length; length++) {
      try {
        parseModel(bytes.subarray(0, length), 'cut.onnx');
      } catch (thrown) {
        expect(thrown).toMatchObject({ code: 'network.corrupt', details: { file: 'cut.onnx' } });
      }
    }
  });

  it('survives random bytes', () => {
    let state = 1;
    for (let round = 0; round < 300; round++) {
      const bytes = Uint8Array.from({ length: 64 }, () => (state = (state * 48271) % 2147483647) & 255);
      expect(() => parseModel(bytes, 'noise.onnx')).toThrow(expect.objectContaining({ name: 'StudioError' }));
    }
  });

  it('refuses numbers that lie in other files', () => {
    const outside = { name: 'w', dims: [1], dataType: 1, dataLocation: 1, externalData: [{ key: 'location', value: '../../etc/passwd' }] };
    expect(() => parseModel(model({ initializer: [outside] }), 'e.onnx')).toThrow(expect.objectContaining({ code: 'network.external-data' }));
    const constant: NodeProto = { opType: 'Constant', input: [], output: ['c'], attribute: [{ name: 'value', type: 4, t: outside }] };
    expect(() => parseModel(model({ node: [constant, relu] }), 'e.onnx')).toThrow(expect.objectContaining({ code: 'network.external-data' }));
  });

  it('refuses operators of unknown domains, also inside subgraphs, but takes the model’s own functions', () => {
    const foreign: NodeProto = { opType: 'Magic', domain: 'acme', input: ['x'], output: ['y'] };
    const fault = expect.objectContaining({ code: 'network.custom-operator', details: { file: 'c.onnx', operator: 'acme.Magic' } });
    expect(() => parseModel(model({ node: [foreign] }), 'c.onnx')).toThrow(fault);
    const branch: GraphProto = { node: [foreign], input: [], output: [picture('y')] };
    const conditional: NodeProto = { opType: 'If', input: ['x'], output: ['y'], attribute: [{ name: 'then_branch', type: 5, g: branch }] };
    expect(() => parseModel(model({ node: [conditional] }), 'c.onnx')).toThrow(fault);
    const functions = [{ name: 'Magic', domain: 'acme', input: ['a'], output: ['b'], node: [{ ...relu, input: ['a'], output: ['b'] }] }];
    expect(parseModel(model({ node: [foreign] }, { functions }), 'c.onnx').summary.domains).toContain('acme');
  });

  it('counts before it decodes, so that a crowd of tiny nodes is refused', () => {
    const crowd = model({ node: Array.from({ length: 300 }, () => relu) });
    expect(() => scanModel(crowd, { ...modelLimits, nodes: 299 })).toThrow('more than 299 nodes');
    expect(scanModel(crowd, modelLimits).nodes).toBe(300);
  });

  it('refuses nesting beyond its limit', () => {
    let graph: GraphProto = { node: [relu], input: [], output: [picture('y')] };
    for (let level = 0; level < 12; level++) {
      graph = { node: [{ opType: 'If', input: ['x'], output: ['y'], attribute: [{ name: 'then_branch', type: 5, g: graph }] }], input: [], output: [picture('y')] };
    }
    expect(() => parseModel(model(graph), 'deep.onnx')).toThrow(expect.objectContaining({ code: 'network.too-large' }));
  });
});
