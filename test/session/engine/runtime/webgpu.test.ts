// WebGPU for real, on a Vulkan driver in software.
import { describe, expect, it } from 'vitest';
import { encodeModel } from '../../../../src-main/engine/onnx/proto.ts';
import { probeModel } from '../../../../src-main/engine/onnx/probe-model.ts';
import { tensor } from '../../../../src-main/engine/tensor/tensor.ts';
import { softwareVulkanMissing } from '../../../support/software-vulkan.ts';
import { largestDifference, runOnWebgpu } from '../../../support/webgpu-run.ts';

const missing = softwareVulkanMissing();
if (missing) console.warn(`WebGPU is not tested: ${missing}`);

describe.skipIf(missing)('WebGPU on software Vulkan', () => {
  it('passes the probe and paints what the CPU paints within one step of 8 bit', async () => {
    const reply = await runOnWebgpu(probeModel());
    if (!reply.ok) throw new Error(JSON.stringify(reply.fault));
    expect(reply.probe).toMatchObject({ provider: 'webgpu', accepted: true });
    expect(reply.cpu.y!.data.length).toBe(768);
    expect(largestDifference(reply.cpu, reply.webgpu)).toBeLessThanOrEqual(1 / 255);
    expect(reply.liveSessions).toBe(0);
  });

  it('keeps a state on the device from run to run, brings it back at the end and frees it', async () => {
    const port = (name: string) => ({ name, type: { tensorType: { elemType: 1, shape: { dim: [{ dimValue: 4 }] } } } });
    const model = encodeModel({
      irVersion: 8,
      opsetImport: [{ version: 18 }],
      graph: { name: 'sum', node: [{ opType: 'Add', input: ['state', 'step'], output: ['next'] }], input: [port('state'), port('step')], output: [port('next')] },
    });
    const feeds = { state: tensor([4]), step: tensor([4], Float32Array.of(1, 2, 3, 4)) };
    const reply = await runOnWebgpu({ model, feeds, steps: 5, carry: { state: 'next' }, onDevice: true });
    if (!reply.ok) throw new Error(JSON.stringify(reply.fault));
    expect([...reply.webgpu.next!.data]).toEqual([5, 10, 15, 20]);
    expect([...reply.cpu.next!.data]).toEqual([5, 10, 15, 20]);
    expect(reply).toMatchObject({ liveSessions: 0, liveDeviceTensors: 0 });
  });
});
