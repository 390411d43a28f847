// Sessions on the CPU: every data type, outputs in place, faults, and nothing left open.
import { afterEach, describe, expect, it } from 'vitest';
import { encodeModel, elementTypes, type NodeProto } from '../../../../src-main/engine/onnx/proto.ts';
import { createOrtSessions } from '../../../../src-main/engine/runtime/ort-node.ts';
import { tensor, type AnyTensor } from '../../../../src-main/engine/tensor/tensor.ts';

const sessions = createOrtSessions();
afterEach(() => expect(sessions.liveSessions()).toBe(0));

/** A model of one node x → y over any shape. */
function oneNode(opType: string, elemType: number, extra: Partial<NodeProto> = {}): Uint8Array {
  const port = (name: string) => ({ name, type: { tensorType: { elemType } } });
  const node: NodeProto = { opType, input: ['x'], output: ['y'], ...extra };
  return encodeModel({ irVersion: 8, opsetImport: [{ version: 18 }], graph: { node: [node], name: 'g', input: [port('x')], output: [port('y')] } });
}

async function runOnce(model: Uint8Array, x: AnyTensor, into?: Record<string, AnyTensor>) {
  const session = await sessions.open(model, { provider: 'cpu', threads: 1 });
  try {
    return (await session.run({ x }, into)).y!;
  } finally {
    await session.release();
  }
}

describe('sessions on the CPU', () => {
  it('carry every data type in and out unchanged', async () => {
    const inputs: AnyTensor[] = [
      tensor([2], Float32Array.of(1.5, -2)),
      { type: 'uint8', shape: [2], data: Uint8Array.of(0, 255) },
      { type: 'int32', shape: [2], data: Int32Array.of(-7, 7) },
      { type: 'int64', shape: [2], data: BigInt64Array.of(-7n, 1n << 40n) },
      { type: 'float16', shape: [2], data: Uint16Array.of(0x3c00, 0xc000) },
    ];
    for (const x of inputs) {
      const y = await runOnce(oneNode('Identity', elementTypes[x.type]), x);
      expect(y.type).toBe(x.type);
      expect([...y.data]).toEqual([...x.data]);
    }
  });

  it('write into a tensor the caller owns and hand that very tensor back', async () => {
    const mine = tensor([3]);
    const y = await runOnce(oneNode('Neg', elementTypes.float32), tensor([3], Float32Array.of(1, 2, 3)), { y: mine });
    expect(y).toBe(mine);
    expect([...mine.data]).toEqual([-1, -2, -3]);
  });

  it('refuse a model of nonsense with session.rejected and leave nothing open', async () => {
    await expect(sessions.open(Uint8Array.of(1, 2, 3), { provider: 'cpu' })).rejects.toMatchObject({ code: 'session.rejected' });
    await expect(sessions.open(oneNode('NoSuchOperator', 1), { provider: 'cpu' })).rejects.toMatchObject({
      code: 'session.rejected',
      details: { provider: 'cpu', reason: expect.stringContaining('NoSuchOperator') },
    });
  });

  it('refuse a provider that this machine lacks with session.rejected', async () => {
    const missing = process.platform === 'darwin' ? 'dml' : 'coreml';
    await expect(sessions.open(oneNode('Neg', 1), { provider: missing })).rejects.toMatchObject({ code: 'session.rejected' });
  });

  it('fail a run with session.failed when an input is missing or of another type', async () => {
    const session = await sessions.open(oneNode('Neg', 1), { provider: 'cpu' });
    await expect(session.run({})).rejects.toMatchObject({ code: 'session.failed' });
    const bytes: AnyTensor = { type: 'uint8', shape: [1], data: Uint8Array.of(1) };
    await expect(session.run({ x: bytes })).rejects.toMatchObject({ code: 'session.failed' });
    await session.release();
    await expect(session.run({ x: tensor([1]) })).rejects.toMatchObject({ code: 'session.failed' });
  });

  it('tell a run that asks for more memory than there is by its own code', async () => {
    // Expand of one number to 2^46 numbers: no machine has that.
    const port = (name: string, elemType: number) => ({ name, type: { tensorType: { elemType } } });
    const model = encodeModel({
      irVersion: 8,
      opsetImport: [{ version: 18 }],
      graph: { node: [{ opType: 'Expand', input: ['x', 'shape'], output: ['y'] }], name: 'g', input: [port('x', 1), port('shape', 7)], output: [port('y', 1)] },
    });
    const session = await sessions.open(model, { provider: 'cpu' });
    const shape: AnyTensor = { type: 'int64', shape: [2], data: BigInt64Array.of(1n << 23n, 1n << 23n) };
    await expect(session.run({ x: tensor([1]), shape })).rejects.toMatchObject({ code: 'session.out-of-memory' });
    await session.release();
  });

  it('leave nothing behind after fifty were opened, run and released', async () => {
    const model = oneNode('Neg', 1);
    for (let i = 0; i < 5; i++) await runOnce(model, tensor([1, 3, 64, 64]));
    const before = process.memoryUsage.rss();
    for (let i = 0; i < 50; i++) await runOnce(model, tensor([1, 3, 64, 64]));
    expect(sessions.liveSessions()).toBe(0);
    expect(process.memoryUsage.rss() - before).toBeLessThan(64 * 2 ** 20);
  });
});
