// The gate of requests: held while something wants to be alone, shut for good afterwards where it says so.
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { StudioApi } from '../../../../src-main/contract/studio-api.ts';
import { createRequestGate } from '../../../../src-main/services/host/request-gate.ts';

function guarded() {
  const done: string[] = [];
  const gate = createRequestGate();
  const slow = async (): Promise<never> => {
    await pause(20);
    done.push('slow');
    return undefined as never;
  };
  const api = { 'settings.change': slow, status: async () => void done.push('status') as never } as unknown as StudioApi;
  return { gate, done, api: gate.guard(api, ['status']) };
}

describe('what wants to be alone', () => {
  it('begins when what was let through has ended, and holds the rest, but for what always passes', async () => {
    const { gate, done, api } = guarded();
    const before = api['settings.change']({});
    const alone = gate.alone(async () => {
      done.push('begun');
      await pause(40);
      done.push('ended');
    });
    const [after, status] = [api['settings.change']({}), api.status(null)];
    await Promise.all([before, alone, after, status]);
    expect(done).toEqual(['status', 'slow', 'begun', 'ended', 'slow']);
  });

  it('lets go of what waits where it fails, and is alone with no other', async () => {
    const { gate, done, api } = guarded();
    const failing = gate.alone(() => Promise.reject(new Error('the disk is full')));
    await expect(gate.alone(async () => undefined)).rejects.toMatchObject({ code: 'home.busy' });
    const after = api['settings.change']({});
    await expect(failing).rejects.toThrow('full');
    await after;
    expect(done).toEqual(['slow']);
  });

  it('can leave the gate shut', async () => {
    const { gate, done, api } = guarded();
    const alone = gate.alone(async () => gate.shut('home.moved'));
    await expect(api['settings.change']({})).rejects.toMatchObject({ code: 'home.moved' });
    await Promise.all([alone, api.status(null)]);
    expect(done).toEqual(['status']);
  });
});
