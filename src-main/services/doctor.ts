// What this machine offers, what will be used, and why the rest is not.
import { freemem, release, totalmem, type } from 'node:os';
import { basename } from 'node:path';
import { faultOf, StudioError, type Fault } from '../contract/fault.ts';
import { programLabel } from '../contract/program.ts';
import { probeModel } from '../engine/onnx/probe-model.ts';
import { providerChain, threadsFor, tryProvider, type ProviderVerdict } from '../engine/runtime/device.ts';
import { createOrtSessions } from '../engine/runtime/ort-node.ts';
import { describeProcessor, type Processor } from '../engine/runtime/processor.ts';
import type { Provider } from '../engine/runtime/session.ts';
import { findFeatures } from './features.ts';
import type { Environment } from './node-platform.ts';
import type { Folders } from './platform.ts';

export interface ProviderFinding extends ProviderVerdict {
  /** What can be done about a refusal. */
  readonly remedy?: string;
}

/** Providers that are refused most often because something is not installed. */
const remedies: Readonly<Partial<Record<Provider, string>>> = {
  cuda: 'with an NVIDIA card: install CUDA 12 and cuDNN 9',
  webgpu: 'install the Vulkan driver of the graphics card',
};

export interface DoctorReport {
  readonly program: string;
  readonly node: string;
  readonly system: string;
  readonly processor: Processor;
  readonly memoryMB: { readonly total: number; readonly free: number };
  /** Of the runtime that runs the models. */
  readonly runtime: string;
  /** Every provider of this platform's chain, tried; the first that was accepted is the device. */
  readonly providers: readonly ProviderFinding[];
  readonly device: Provider;
  readonly threads: { readonly painting: number; readonly teaching: number; readonly teachingBesideWindow: number };
  readonly features: { readonly file: string; readonly from: string } | { readonly missing: Fault };
  readonly library: string;
}

/** Tries everything once; a thing that is missing is part of the answer. Throws device.unavailable where not even the CPU runs. */
export async function doctor(folders: Folders, environment: Environment = process.env): Promise<DoctorReport> {
  const sessions = createOrtSessions();
  const providers: ProviderFinding[] = [];
  for (const provider of providerChain()) providers.push(withRemedy(await tryProvider(provider, sessions, probeModel())));
  const device = providers.find(({ accepted }) => accepted)?.provider;
  if (!device) throw new StudioError('device.unavailable', { provider: 'cpu', reason: providers.at(-1)?.reason ?? '' });
  const alone = { windowActive: false, both: false };
  return {
    program: programLabel,
    node: process.version,
    system: `${type()} ${release()}`,
    processor: describeProcessor(),
    memoryMB: { total: megabytes(totalmem()), free: megabytes(freemem()) },
    runtime: `onnxruntime ${sessions.version}`,
    providers,
    device,
    threads: {
      painting: threadsFor('painter', alone),
      teaching: threadsFor('trainer', alone),
      teachingBesideWindow: threadsFor('trainer', { ...alone, windowActive: true }),
    },
    features: await featuresFound(environment, folders.resources),
    library: folders.styles,
  };
}

/** Elsewhere than on Linux the system brings the drivers. */
function withRemedy(verdict: ProviderVerdict): ProviderFinding {
  const remedy = process.platform === 'linux' && !verdict.accepted && verdict.maxError === undefined ? remedies[verdict.provider] : undefined;
  return { ...verdict, ...(remedy !== undefined && { remedy }) };
}

async function featuresFound(environment: Environment, resources: string): Promise<DoctorReport['features']> {
  try {
    const { path, from } = await findFeatures(undefined, environment, resources);
    return { file: basename(path), from };
  } catch (thrown) {
    return { missing: faultOf(thrown) };
  }
}

function megabytes(bytes: number): number {
  return Math.round(bytes / 2 ** 20);
}
