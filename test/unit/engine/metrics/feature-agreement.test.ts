// Agreement of two feature networks on numbers worked out by hand.
import { describe, expect, it } from 'vitest';
import { featureAgreement } from '../../../../src-main/engine/metrics/feature-agreement.ts';
import type { FeatureNetwork } from '../../../../src-main/engine/metrics/feature-network.ts';
import { tensor } from '../../../../src-main/engine/tensor/tensor.ts';

const picture = tensor([1, 3, 1, 1]);

function showing(maps: Readonly<Record<string, readonly number[]>>, channels: number): FeatureNetwork {
  return {
    layers: Object.keys(maps),
    features: () => Promise.resolve(Object.fromEntries(Object.entries(maps).map(([name, data]) => [name, tensor([1, channels, 1, data.length / channels], Float32Array.from(data))]))),
    styleStatistics: () => Promise.resolve([]),
    close: () => Promise.resolve(),
  };
}

describe('featureAgreement', () => {
  it('is perfect for the same maps, and looks at shared layers alone', async () => {
    const one = showing({ deep: [1, 2, 4, 3, 0, 5], own: [1, 1, 1, 1, 1, 1] }, 2);
    const { deep, ...others } = await featureAgreement(one, showing({ deep: [1, 2, 4, 3, 0, 5] }, 2), [picture, picture]);
    expect(others).toEqual({});
    expect(deep).toEqual({ correlation: expect.closeTo(1, 6) as number, relativeError: 0, gramError: 0, channelCorrelation: expect.closeTo(1, 6) as number });
  });

  it('tells a wrong size from a wrong place', async () => {
    const doubled = await featureAgreement(showing({ a: [2, 4, 8] }, 1), showing({ a: [1, 2, 4] }, 1), [picture]);
    expect(doubled.a).toEqual({ correlation: expect.closeTo(1, 6) as number, relativeError: 1, gramError: 3, channelCorrelation: expect.closeTo(1, 6) as number });
    const moved = await featureAgreement(showing({ a: [4, 1, 2] }, 1), showing({ a: [1, 2, 4] }, 1), [picture]);
    expect(moved.a!.gramError).toBe(0);
    expect(moved.a!.correlation).toBeLessThan(0);
  });

  it('leaves flat channels out of the mean of the channels', async () => {
    const found = await featureAgreement(showing({ a: [1, 2, 3, 0, 0, 0] }, 2), showing({ a: [1, 2, 3, 5, 5, 5] }, 2), [picture]);
    expect(found.a!.channelCorrelation).toBeCloseTo(1, 6);
    expect(found.a!.relativeError).toBeCloseTo(Math.sqrt(75 / 89), 6);
  });
});
