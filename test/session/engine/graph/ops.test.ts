// Every op, its gradient and its second derivative in onnxruntime's float32 against the float64 interpreter.
import { afterAll, describe, expect, it } from 'vitest';
import { portable } from '../../../../src-main/engine/graph/rewrite.ts';
import { createOrtSessions } from '../../../../src-main/engine/runtime/ort-node.ts';
import { tensor } from '../../../../src-main/engine/tensor/tensor.ts';
import { magnitude } from '../../../support/gradient-check.ts';
import { interpreter } from '../../../support/interpreter.ts';
import { opCases } from '../../../support/op-cases/index.ts';
import { proofModel, type ProofModel } from '../../../support/proof-model.ts';

const sessions = createOrtSessions();
afterAll(() => expect(sessions.liveSessions()).toBe(0));

/** Largest error of any output, relative to that output's largest number. */
async function worstError({ bytes, feeds, outputs }: ProofModel): Promise<number> {
  const exact = interpreter(bytes)(feeds, outputs);
  const session = await sessions.open(bytes, { provider: 'cpu', threads: 1 });
  try {
    const fed = Object.fromEntries(session.inputs.map(({ name }) => [name, tensor(feeds[name].shape, Float32Array.from(feeds[name].data))]));
    const results = await session.run(fed);
    const errors = outputs.map((name, index) => {
      expect(results[name].shape, name).toEqual(exact[index].shape);
      const off = exact[index].data.map((number, at) => Number(results[name].data[at]) - number);
      return magnitude({ data: off }) / Math.max(magnitude(exact[index]), 1e-2);
    });
    return Math.max(...errors);
  } finally {
    await session.release();
  }
}

describe.each(Object.entries(opCases))('onnxruntime agrees with the interpreter on %s', (_, cases) => {
  it.each(cases)('$about', async ({ shapes, build, range }) => {
    expect(await worstError(proofModel(shapes, build, range))).toBeLessThan(1e-5);
  });
});

describe.each(Object.entries(opCases).filter(([name]) => /Space|Pool3/.test(name)))('the portable form agrees on %s', (_, cases) => {
  it.each(cases)('$about', async ({ shapes, build, range }) => {
    expect(await worstError(proofModel(shapes, build, range, portable))).toBeLessThan(1e-5);
  });
});
