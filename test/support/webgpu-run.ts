// Runs one model on the CPU and on WebGPU (software Vulkan) in a child process and returns both results.
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Fault } from '../../src-main/contract/fault.ts';
import type { ProviderVerdict } from '../../src-main/engine/runtime/device.ts';
import type { Feeds } from '../../src-main/engine/runtime/session.ts';
import type { AnyTensor } from '../../src-main/engine/tensor/tensor.ts';
import { softwareVulkanEnvironment } from './software-vulkan.ts';

/** `steps` runs in a row; `carry` feeds an output (value) to an input (key) of the next run, on the device where `onDevice`. */
export interface ProviderJob {
  readonly model: Uint8Array;
  readonly feeds: Feeds;
  readonly steps?: number;
  readonly carry?: Readonly<Record<string, string>>;
  readonly onDevice?: boolean;
}

export type ProviderReply =
  | { ok: true; probe: ProviderVerdict; cpu: Record<string, AnyTensor>; webgpu: Record<string, AnyTensor>; liveSessions: number; liveDeviceTensors: number }
  | { ok: false; fault: Fault };

/** Rejects when the child dies without an answer. */
export function runOnWebgpu(job: ProviderJob): Promise<ProviderReply> {
  const script = fileURLToPath(new URL('./webgpu-child.ts', import.meta.url));
  const child = fork(script, { execArgv: ['--import', 'tsx'], serialization: 'advanced', env: softwareVulkanEnvironment(), stdio: ['ignore', 'inherit', 'pipe', 'ipc'] });
  let stderr = '';
  child.stderr!.on('data', (text) => (stderr += String(text)));
  return new Promise((resolve, reject) => {
    child.once('message', (reply) => resolve(reply as ProviderReply));
    child.once('error', reject);
    child.once('exit', (code, signal) => reject(new Error(`the child ended with ${signal ?? code}: ${stderr.slice(-2000)}`)));
    child.send(job);
  });
}

/** Largest absolute difference over all outputs; Infinity when they differ in kind. */
export function largestDifference(a: Readonly<Record<string, AnyTensor>>, b: Readonly<Record<string, AnyTensor>>): number {
  let largest = 0;
  for (const [name, { data }] of Object.entries(a)) {
    const other = b[name]?.data;
    if (other?.length !== data.length) return Infinity;
    data.forEach((value: number | bigint, i: number) => (largest = Math.max(largest, Math.abs(Number(value) - Number(other[i])))));
  }
  return largest;
}
