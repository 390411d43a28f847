// Measures one picture against another; only the last pair asked for counts.
import { ref, shallowRef, type Ref, type ShallowRef } from 'vue';
import { faultOf, type Fault } from '../../src-main/contract/fault.ts';
import type { PictureId, VariantMeters } from '../../src-main/contract/studio-records.ts';
import type { StudioClient } from '../client/studio-client.ts';

export interface PictureMeters {
  readonly meters: ShallowRef<VariantMeters | undefined>;
  readonly measuring: Ref<boolean>;
  readonly metersFault: ShallowRef<Fault | undefined>;
  /** Forgets what was measured, and measures where there are two different pictures. */
  measure(before: PictureId | undefined, after: PictureId | undefined, style: string | undefined): Promise<void>;
}

export function createPictureMeters(studio: StudioClient): PictureMeters {
  const meters = shallowRef<VariantMeters>();
  const measuring = ref(false);
  const metersFault = shallowRef<Fault>();
  let turn = 0;

  async function measure(before: PictureId | undefined, after: PictureId | undefined, style: string | undefined): Promise<void> {
    const mine = ++turn;
    [meters.value, metersFault.value, measuring.value] = [undefined, undefined, false];
    if (before === undefined || after === undefined || before === after) return;
    measuring.value = true;
    try {
      const measured = await studio.ask('compare.measure', { before, after, ...(style === undefined ? {} : { style }) });
      if (mine === turn) meters.value = measured;
    } catch (thrown) {
      if (mine === turn) metersFault.value = faultOf(thrown);
    } finally {
      if (mine === turn) measuring.value = false;
    }
  }

  return { meters, measuring, metersFault, measure };
}
