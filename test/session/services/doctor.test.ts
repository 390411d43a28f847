// The doctor's answer is complete, plain data, and honest about what is missing.
import { describe, expect, it } from 'vitest';
import { providerChain } from '../../../src-main/engine/runtime/device.ts';
import { doctor } from '../../../src-main/services/doctor.ts';

const folders = { home: '/nowhere', styles: '/nowhere/styles', work: '/nowhere/work', resources: '/nowhere/resources' };

describe('doctor', () => {
  it('tries every provider of this platform and says why one is refused', async () => {
    const report = await doctor(folders, {});
    expect(report.providers.map(({ provider }) => provider)).toEqual([...providerChain()]);
    for (const { accepted, reason } of report.providers) expect(accepted || (reason ?? '').length > 5).toBe(true);
    expect(report.providers.find(({ provider }) => provider === report.device)).toMatchObject({ accepted: true });
    const refused = report.providers.filter(({ provider, accepted }) => !accepted && (provider === 'cuda' || provider === 'webgpu'));
    for (const { remedy } of process.platform === 'linux' ? refused : []) expect(remedy).toMatch(/install/);
    expect(report.threads.teachingBesideWindow).toBe(1);
    expect(report.runtime).toMatch(/^onnxruntime \d+\.\d+\.\d+$/);
  });

  it('says that the feature network is missing instead of failing, and survives being sent as JSON', async () => {
    const report = await doctor(folders, {});
    expect(report.features).toEqual({ missing: { code: 'features.missing', details: {} } });
    expect(JSON.parse(JSON.stringify(report))).toEqual(report);
  });
});
