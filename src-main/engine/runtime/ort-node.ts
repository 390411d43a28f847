// Sessions on onnxruntime-node, the only file that knows it.
import ort from 'onnxruntime-node';
import { StudioError } from '../../contract/fault.ts';
import { sizeOf, type AnyTensor, type DataType, type TensorData } from '../tensor/tensor.ts';
import { DeviceTensor } from './device-tensor.ts';
import { addZeroModel } from './add-zero-model.ts';
import { runtimeFault } from './runtime-fault.ts';
import type { Feeds, Port, Provider, Session, SessionFactory, SessionOptions } from './session.ts';
import { vulkanMissing } from './vulkan-loader.ts';

/** The factory of this adapter, with what only it can do. */
export interface OrtSessions extends SessionFactory {
  /** Version of the runtime, e.g. '1.30.0'. */
  readonly version: string;
  /** Providers this build of the runtime carries or could load. */
  providers(): { readonly provider: string; readonly bundled: boolean }[];
  /** A float32 device tensor's numbers; CPU tensors come back as they are. Throws session.failed. */
  download(tensor: AnyTensor): Promise<AnyTensor>;
  /** Frees a device tensor; nothing for a CPU tensor. */
  dispose(tensor: AnyTensor): void;
  /** Device tensors returned and not disposed; tests expect zero at the end. */
  liveDeviceTensors(): number;
}

// The runtime's own log speaks of providers that are merely not there; refusals reach the artist as faults instead.
ort.env.logLevel = 'fatal';

const dataTypes: readonly DataType[] = ['float32', 'uint8', 'int32', 'int64', 'float16'];

/** Opens models with onnxruntime-node in this process. */
export function createOrtSessions(): OrtSessions {
  const live = { sessions: 0, deviceTensors: 0 };

  async function open(model: Uint8Array, options: SessionOptions): Promise<OrtSession> {
    const missing = options.provider === 'webgpu' ? vulkanMissing() : undefined;
    if (missing) throw new StudioError('session.rejected', { provider: options.provider, reason: missing });
    let native: ort.InferenceSession;
    try {
      native = await ort.InferenceSession.create(model, nativeOptions(options));
    } catch (thrown) {
      throw runtimeFault('session.rejected', thrown, { provider: options.provider });
    }
    return new OrtSession(native, options.provider, live);
  }

  async function download(source: AnyTensor): Promise<AnyTensor> {
    if (!(source instanceof DeviceTensor)) return source;
    if (source.type !== 'float32') throw new StudioError('session.failed', { reason: `cannot download ${source.type}` });
    // getData() on a GPU buffer kills the process, so a model that adds zero brings the numbers back.
    const session = await open(addZeroModel(), { provider: 'webgpu' });
    try {
      const { y } = await session.run({ x: source });
      return y!;
    } finally {
      await session.release();
    }
  }

  function dispose(tensor: AnyTensor): void {
    if (!(tensor instanceof DeviceTensor) || !tensor.buffer) return;
    tensor.buffer.dispose();
    tensor.buffer = undefined;
    live.deviceTensors -= 1;
  }

  return {
    version: ort.env.versions.node ?? ort.env.versions.common,
    providers: () => ort.listSupportedBackends().map(({ name, bundled }) => ({ provider: name, bundled })),
    open,
    liveSessions: () => live.sessions,
    download,
    dispose,
    liveDeviceTensors: () => live.deviceTensors,
  };
}

function nativeOptions(options: SessionOptions): ort.InferenceSession.SessionOptions {
  return {
    executionProviders: [options.provider],
    intraOpNumThreads: options.threads ?? 0,
    interOpNumThreads: 1,
    executionMode: 'sequential',
    graphOptimizationLevel: 'all',
    // 4 silences the runtime: its messages reach the artist as faults, not on stderr.
    logSeverityLevel: 4,
    extra: { session: { intra_op: { allow_spinning: options.spinning ? '1' : '0' }, force_spinning_stop: options.calmBetweenRuns ? '1' : '0' } },
    ...keptOnDevice(options),
  };
}

/** Only WebGPU keeps buffers; elsewhere outputs come to the CPU as usual. */
function keptOnDevice(options: SessionOptions): Pick<ort.InferenceSession.SessionOptions, 'preferredOutputLocation'> {
  if (options.provider !== 'webgpu' || !options.keepOnDevice?.length) return {};
  return { preferredOutputLocation: Object.fromEntries(options.keepOnDevice.map((name) => [name, 'gpu-buffer' as const])) };
}

class OrtSession implements Session {
  readonly provider: Provider;
  readonly inputs: readonly Port[];
  readonly outputs: readonly Port[];
  readonly #live: { sessions: number; deviceTensors: number };
  #native: ort.InferenceSession | undefined;

  constructor(native: ort.InferenceSession, provider: Provider, live: { sessions: number; deviceTensors: number }) {
    this.#native = native;
    this.#live = live;
    this.provider = provider;
    this.inputs = native.inputMetadata.map(portOf);
    this.outputs = native.outputMetadata.map(portOf);
    live.sessions += 1;
  }

  async run(feeds: Feeds, into: Feeds = {}): Promise<Record<string, AnyTensor>> {
    if (!this.#native) throw new StudioError('session.failed', { reason: 'the session was released' });
    const fed = Object.fromEntries(Object.entries(feeds).map(([name, tensor]) => [name, nativeOf(tensor)]));
    let results: ort.InferenceSession.OnnxValueMapType;
    try {
      results = await this.#native.run(fed, this.#fetches(into));
    } catch (thrown) {
      throw runtimeFault('session.failed', thrown, { provider: this.provider });
    }
    // A preallocated output is filled in place, but the runtime returns another object for it.
    return Object.fromEntries(Object.entries(results).map(([name, value]) => [name, into[name] ?? this.#tensorOf(value)]));
  }

  async release(): Promise<void> {
    const native = this.#native;
    if (!native) return;
    this.#native = undefined;
    this.#live.sessions -= 1;
    await native.release();
  }

  /** Every output is named, since naming one alone would drop the others. */
  #fetches(into: Feeds): ort.InferenceSession.FetchesType {
    return Object.fromEntries(this.outputs.map(({ name }) => [name, into[name] ? nativeOf(into[name]) : null]));
  }

  #tensorOf(value: ort.OnnxValue): AnyTensor {
    if (!isTensor(value)) throw new StudioError('session.failed', { reason: 'an output is no tensor of numbers' });
    const type = dataTypes.find((known) => known === value.type);
    if (!type) throw new StudioError('session.failed', { reason: `an output has type ${value.type}` });
    if (value.location === 'cpu') return { type, shape: value.dims, data: value.data as TensorData[DataType] } as AnyTensor;
    this.#live.deviceTensors += 1;
    return new DeviceTensor(type, value.dims, value) as AnyTensor;
  }
}

function isTensor(value: ort.OnnxValue): value is ort.Tensor {
  return value instanceof ort.Tensor;
}

function portOf(metadata: ort.InferenceSession.ValueMetadata): Port {
  if (!metadata.isTensor) return { name: metadata.name, type: 'other', shape: [] };
  const type = dataTypes.find((known) => known === metadata.type) ?? 'other';
  return { name: metadata.name, type, shape: metadata.shape };
}

function nativeOf(tensor: AnyTensor): ort.Tensor {
  if (tensor instanceof DeviceTensor) {
    if (!tensor.buffer) throw new StudioError('session.failed', { reason: 'a tensor on the device was used after it was freed' });
    return tensor.buffer as ort.Tensor;
  }
  if (tensor.data.length !== sizeOf(tensor.shape)) {
    throw new StudioError('tensor.shape-mismatch', { expected: tensor.shape.join('×'), got: tensor.data.length });
  }
  return new ort.Tensor(tensor.type, tensor.data, tensor.shape);
}
