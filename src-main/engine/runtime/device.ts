// Which provider runs the models, decided once by trial, and how many threads each worker gets.
import { availableParallelism } from 'node:os';
import { faultOf, StudioError } from '../../contract/fault.ts';
import type { AnyTensor } from '../tensor/tensor.ts';
import type { Feeds, Provider, SessionFactory } from './session.ts';

/** Providers in order of preference (DESIGN 2). */
const providerChains: Readonly<Record<string, readonly Provider[]>> = Object.freeze({
  win32: Object.freeze(['webgpu', 'dml', 'cpu'] as const),
  darwin: Object.freeze(['coreml', 'webgpu', 'cpu'] as const),
  linux: Object.freeze(['cuda', 'webgpu', 'cpu'] as const),
});

/** The chain of a platform; the CPU alone on one that is not listed. */
export function providerChain(platform: string = process.platform): readonly Provider[] {
  return providerChains[platform] ?? ['cpu'];
}

/** A small model with its inputs, run on a candidate and on the CPU. Outputs are float32 in [0,1]. */
export interface Probe {
  readonly model: Uint8Array;
  readonly feeds: Feeds;
}

/** Largest difference to the CPU that a provider may show: one step of 8 bit. */
export const probeTolerance = 1 / 255;

export interface ProviderVerdict {
  readonly provider: Provider;
  readonly accepted: boolean;
  /** Largest difference to the CPU, where it ran. */
  readonly maxError?: number;
  /** In words, where it was refused. */
  readonly reason?: string;
}

export interface DeviceChoice {
  readonly provider: Provider;
  /** One per provider that was tried, in order. */
  readonly verdicts: readonly ProviderVerdict[];
}

const choices = new WeakMap<SessionFactory, Map<string, Promise<DeviceChoice>>>();

/**
 * The first provider of this platform's chain that opens the probe and agrees with the CPU; tried once per process and factory.
 * A provider asked for by name is that one or a fault, never another. Throws device.unavailable.
 */
export function chooseDevice(wanted: 'auto' | Provider, sessions: SessionFactory, probe: Probe): Promise<DeviceChoice> {
  const known = choices.get(sessions) ?? new Map<string, Promise<DeviceChoice>>();
  choices.set(sessions, known);
  const choice = known.get(wanted) ?? tryInOrder(wanted === 'auto' ? providerChain() : [wanted], sessions, probe);
  known.set(wanted, choice);
  return choice;
}

async function tryInOrder(chain: readonly Provider[], sessions: SessionFactory, probe: Probe): Promise<DeviceChoice> {
  const verdicts: ProviderVerdict[] = [];
  for (const provider of chain) {
    const verdict = await tryProvider(provider, sessions, probe);
    verdicts.push(verdict);
    if (verdict.accepted) return { provider, verdicts };
  }
  const last = verdicts.at(-1)!;
  throw new StudioError('device.unavailable', { provider: last.provider, reason: last.reason ?? '' });
}

/** Opens and runs the probe on one provider and compares with the CPU; a refusal is an answer, not a fault. Also used per model before a provider is trusted with it. */
export async function tryProvider(provider: Provider, sessions: SessionFactory, probe: Probe): Promise<ProviderVerdict> {
  try {
    const got = await runOnce(provider, sessions, probe);
    // The CPU is the reference, so it need only run.
    const maxError = provider === 'cpu' ? 0 : largestDifference(got, await runOnce('cpu', sessions, probe));
    if (maxError <= probeTolerance) return { provider, accepted: true, maxError };
    return { provider, accepted: false, maxError, reason: `it computes wrong numbers: off by ${maxError.toPrecision(2)} from the CPU` };
  } catch (thrown) {
    const { details } = faultOf(thrown);
    return { provider, accepted: false, reason: String(details.reason ?? faultOf(thrown).code) };
  }
}

async function runOnce(provider: Provider, sessions: SessionFactory, probe: Probe): Promise<Record<string, AnyTensor>> {
  const session = await sessions.open(probe.model, { provider });
  try {
    return await session.run(probe.feeds);
  } finally {
    await session.release();
  }
}

/** Infinity where an output is missing, has another size or is no number. */
function largestDifference(got: Feeds, expected: Feeds): number {
  let largest = 0;
  for (const [name, { data }] of Object.entries(expected)) {
    const other = got[name]?.data;
    if (other?.length !== data.length) return Infinity;
    for (let i = 0; i < data.length; i++) {
      const difference = Math.abs(Number(other[i]) - Number(data[i]));
      if (!(difference <= largest)) largest = Number.isNaN(difference) ? Infinity : difference;
    }
  }
  return largest;
}

export type WorkerRole = 'trainer' | 'painter';

export interface Company {
  /** A window of the studio is open and wants to stay lively. */
  readonly windowActive: boolean;
  /** The trainer and the painter work at the same time. */
  readonly both: boolean;
}

/** The core table: threads inside one operator for each worker. At least one each; together never more than the cores, where there are two. */
export function threadsFor(worker: WorkerRole, { windowActive, both }: Company, cores: number = availableParallelism()): number {
  if (worker === 'trainer') return windowActive || both ? 1 : cores;
  return both ? Math.max(1, cores - 1) : cores;
}
