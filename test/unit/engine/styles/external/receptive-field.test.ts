// How far a graph looks, against sums done by hand.
import { describe, expect, it } from 'vitest';
import { GraphIndex } from '../../../../../src-main/engine/onnx/graph-index.ts';
import { decodeModel, type NodeProto } from '../../../../../src-main/engine/onnx/proto.ts';
import { receptiveField } from '../../../../../src-main/engine/styles/external/receptive-field.ts';
import { int, ints, node, smallNetwork, text } from '../../../../support/small-network.ts';

function fieldOf(...nodes: NodeProto[]) {
  const constants = {
    k3: { dims: [3, 3, 3, 3], data: new Array<number>(81).fill(0) },
    k9: { dims: [3, 3, 9, 9], data: new Array<number>(729).fill(0) },
    up: { dims: [4], data: [1, 1, 2, 2] },
  };
  return receptiveField(new GraphIndex(decodeModel(smallNetwork({ nodes, constants }))), 'x', 'y');
}

const conv = (from: string, weights: string, to: string, pad: number, stride = 1) => node('Conv', [from, weights], to, [ints('pads', [pad, pad, pad, pad]), ints('strides', [stride, stride])]);

describe('receptiveField', () => {
  it('adds the reaches of convolutions in a row: 4 + 1', () => {
    expect(fieldOf(conv('x', 'k9', 'a', 4), conv('a', 'k3', 'y', 1))).toEqual({ radiusPx: 5, stride: 1, certain: true, global: false });
  });

  it('counts a convolution behind a stride of two double, and the upsampling back: 1 + 2 + 2 + 1', () => {
    const field = fieldOf(conv('x', 'k3', 'a', 1, 2), conv('a', 'k3', 'b', 1), node('Resize', ['b', '', 'up'], 'c', [text('mode', 'nearest')]), conv('c', 'k3', 'y', 1));
    expect(field).toEqual({ radiusPx: 6, stride: 2, certain: true, global: false });
  });

  it('knows dilation, padding done beforehand, transposed convolutions and pixel shuffles', () => {
    expect(fieldOf(node('Conv', ['x', 'k3'], 'y', [ints('dilations', [3, 3]), ints('pads', [3, 3, 3, 3])])).radiusPx).toBe(3);
    const padded = fieldOf(node('Pad', ['x'], 'a', [ints('pads', [0, 0, 4, 4, 0, 0, 4, 4])]), conv('a', 'k9', 'y', 0));
    expect(padded).toMatchObject({ radiusPx: 4, certain: true });
    const transposed = node('ConvTranspose', ['a', 'k3'], 'y', [ints('strides', [2, 2]), ints('pads', [1, 1, 1, 1])]);
    expect(fieldOf(conv('x', 'k3', 'a', 1, 2), transposed)).toMatchObject({ radiusPx: 2, stride: 2, certain: true });
    const shuffled = fieldOf(node('SpaceToDepth', ['x'], 'a', [int('blocksize', 4)]), node('DepthToSpace', ['a'], 'y', [int('blocksize', 4)]));
    expect(shuffled).toEqual({ radiusPx: 3, stride: 4, certain: true, global: false });
  });

  it('takes the wider of two ways that meet', () => {
    expect(fieldOf(conv('x', 'k9', 'a', 4), conv('x', 'k3', 'b', 1), node('Add', ['a', 'b'], 'y')).radiusPx).toBe(4);
  });

  it('calls statistics of the whole picture global, but not a mean over channels', () => {
    expect(fieldOf(node('GlobalAveragePool', ['x'], 'm'), node('Sub', ['x', 'm'], 'y')).global).toBe(true);
    expect(fieldOf(node('ReduceMean', ['x'], 'm', [ints('axes', [1])]), node('Sub', ['x', 'm'], 'y')).global).toBe(false);
  });

  it('admits what a reshape hides', () => {
    expect(fieldOf(node('Reshape', ['x', 'up'], 'y')).certain).toBe(false);
  });
});
