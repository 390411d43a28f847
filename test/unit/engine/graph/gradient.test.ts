// Every op's derivatives, first and second, against central differences in float64.
import { describe, expect, it } from 'vitest';
import * as ops from '../../../../src-main/engine/graph/ops/index.ts';
import { input } from '../../../../src-main/engine/graph/ops/index.ts';
import { reachable } from '../../../../src-main/engine/graph/value.ts';
import { checkGradient } from '../../../support/gradient-check.ts';
import { opCases } from '../../../support/op-cases/index.ts';

const leaves = ['input', 'constant'];
const exported: ReadonlyMap<string, object> = new Map(Object.entries(ops));

describe('the table of proofs', () => {
  it('has cases for every exported op and for nothing else', () => {
    expect(Object.keys(opCases).sort()).toEqual([...exported.keys()].filter((name) => !leaves.includes(name)).sort());
  });

  it.each(Object.entries(opCases))('uses %s in every case listed under it', (name, cases) => {
    expect(cases.length).toBeGreaterThan(0);
    const op = exported.get(name) ?? {};
    for (const { about, shapes, build } of cases) {
      const values = reachable([build(...shapes.map((shape, index) => input(`x${index}`, shape)))]);
      expect(!('operator' in op) || values.some((value) => value.op === op), about).toBe(true);
    }
  });
});

describe.each(Object.entries(opCases))('the derivatives of %s', (_, cases) => {
  it.each(cases)('are right: $about', ({ about, shapes, build, ...options }) => checkGradient(about, shapes, build, options));
});
