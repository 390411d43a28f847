// Child process of webgpu-run.ts: runs one job on each provider and sends the outputs back.
import { faultOf } from '../../src-main/contract/fault.ts';
import { probeModel } from '../../src-main/engine/onnx/probe-model.ts';
import { tryProvider } from '../../src-main/engine/runtime/device.ts';
import { createOrtSessions } from '../../src-main/engine/runtime/ort-node.ts';
import type { AnyTensor } from '../../src-main/engine/tensor/tensor.ts';
import type { Provider } from '../../src-main/engine/runtime/session.ts';
import type { ProviderJob, ProviderReply } from './webgpu-run.ts';

const sessions = createOrtSessions();

async function runOn(provider: Provider, job: ProviderJob): Promise<Record<string, AnyTensor>> {
  const carry = Object.entries(job.carry ?? {});
  const keepOnDevice = job.onDevice ? carry.map(([, output]) => output) : [];
  const session = await sessions.open(job.model, { provider, threads: 1, keepOnDevice });
  let feeds: Record<string, AnyTensor> = { ...job.feeds };
  let outputs: Record<string, AnyTensor> = {};
  for (let step = 0; step < (job.steps ?? 1); step++) {
    outputs = await session.run(feeds);
    for (const [input, output] of carry) {
      sessions.dispose(feeds[input]!);
      feeds = { ...feeds, [input]: outputs[output]! };
    }
  }
  const downloaded: Record<string, AnyTensor> = {};
  for (const [name, tensor] of Object.entries(outputs)) {
    const { type, shape, data } = await sessions.download(tensor);
    downloaded[name] = { type, shape, data } as AnyTensor;
    sessions.dispose(tensor);
  }
  await session.release();
  return downloaded;
}

async function answer(job: ProviderJob): Promise<ProviderReply> {
  try {
    const probe = await tryProvider('webgpu', sessions, probeModel());
    const cpu = await runOn('cpu', job);
    const webgpu = await runOn('webgpu', job);
    return { ok: true, probe, cpu, webgpu, liveSessions: sessions.liveSessions(), liveDeviceTensors: sessions.liveDeviceTensors() };
  } catch (thrown) {
    return { ok: false, fault: faultOf(thrown) };
  }
}

process.once('message', (job) => {
  void answer(job as ProviderJob).then((reply) => process.send!(reply, () => process.disconnect()));
});
