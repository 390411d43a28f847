// The choice of a device, with doubles that refuse, lie or agree.
import { describe, expect, it } from 'vitest';
import { StudioError } from '../../../../src-main/contract/fault.ts';
import { chooseDevice, providerChain, threadsFor } from '../../../../src-main/engine/runtime/device.ts';
import { addZeroModel } from '../../../../src-main/engine/runtime/add-zero-model.ts';
import { decodeModel } from '../../../../src-main/engine/onnx/proto.ts';
import type { Provider, SessionFactory } from '../../../../src-main/engine/runtime/session.ts';
import { scalar } from '../../../../src-main/engine/tensor/tensor.ts';

/** Sessions that answer with a number per provider; a missing one is refused. */
function answering(answers: Partial<Record<Provider, number>>): SessionFactory & { opened: Provider[] } {
  let live = 0;
  const opened: Provider[] = [];
  return {
    opened,
    liveSessions: () => live,
    open: (_, { provider }) => {
      opened.push(provider);
      const answer = answers[provider];
      if (answer === undefined) return Promise.reject(new StudioError('session.rejected', { provider, reason: 'no such card' }));
      live += 1;
      return Promise.resolve({
        provider,
        inputs: [],
        outputs: [],
        run: () => Promise.resolve({ y: scalar(answer) }),
        release: () => Promise.resolve(void (live -= 1)),
      });
    },
  };
}

const probe = { model: new Uint8Array(), feeds: {} };
const [first, second] = providerChain() as [Provider, Provider];

describe('chooseDevice', () => {
  it('takes the first of the chain that agrees with the CPU', async () => {
    const sessions = answering({ [first]: 0.5, [second]: 0.5, cpu: 0.502 });
    expect(await chooseDevice('auto', sessions, probe)).toMatchObject({ provider: first });
    expect(sessions.liveSessions()).toBe(0);
  });

  it('passes over one that is refused and says why', async () => {
    const choice = await chooseDevice('auto', answering({ [second]: 0.5, cpu: 0.5 }), probe);
    expect(choice.provider).toBe(second);
    expect(choice.verdicts[0]).toMatchObject({ provider: first, accepted: false, reason: 'no such card' });
  });

  it('passes over one that computes wrong numbers or none', async () => {
    for (const wrong of [0.51, Number.NaN]) {
      const choice = await chooseDevice('auto', answering({ [first]: wrong, cpu: 0.5 }), probe);
      expect(choice.provider).toBe('cpu');
      expect(choice.verdicts[0]!.reason).toContain('wrong numbers');
    }
  });

  it('never puts another in the place of one asked for by name', async () => {
    await expect(chooseDevice('webgpu', answering({ cpu: 0.5 }), probe)).rejects.toMatchObject({
      code: 'device.unavailable',
      details: { provider: 'webgpu', reason: 'no such card' },
    });
  });

  it('tries once per process and remembers', async () => {
    const sessions = answering({ cpu: 0.5 });
    const before = await chooseDevice('auto', sessions, probe);
    const tries = sessions.opened.length;
    expect(await chooseDevice('auto', sessions, probe)).toBe(before);
    expect(sessions.opened).toHaveLength(tries);
  });
});

describe('the core table', () => {
  it('gives the trainer one thread while a window is active and all otherwise', () => {
    expect(threadsFor('trainer', { windowActive: true, both: false }, 8)).toBe(1);
    expect(threadsFor('trainer', { windowActive: false, both: false }, 8)).toBe(8);
  });

  it('never promises more threads than cores when both work', () => {
    for (const cores of [2, 4, 16]) {
      for (const windowActive of [true, false]) {
        const company = { windowActive, both: true };
        expect(threadsFor('trainer', company, cores) + threadsFor('painter', company, cores)).toBeLessThanOrEqual(cores);
      }
    }
    expect(threadsFor('painter', { windowActive: true, both: true }, 1)).toBe(1);
  });
});

describe('the model that adds zero', () => {
  it('is one Add of x and a zero', () => {
    const { graph } = decodeModel(addZeroModel());
    expect(graph.node).toMatchObject([{ opType: 'Add', input: ['x', 'zero'], output: ['y'] }]);
    expect([...graph.initializer![0]!.rawData!]).toEqual([0, 0, 0, 0]);
  });
});
