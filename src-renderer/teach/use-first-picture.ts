// How long it takes until a run shows its first picture: told from the last one on this computer, and counted down.
import { useIntervalFn } from '@vueuse/core';
import { computed, ref, watch, type ComputedRef } from 'vue';
import { keep, readKept } from '../client/page-storage.ts';

/** In localStorage: seconds from the start of the last run to its first picture. */
const lastTimeKey = 'velatura.firstPictureSeconds';
/** Where none was counted yet. */
const usualSeconds = 8;
const tickMs = 500;

export interface FirstPicture {
  /** Undefined once it takes longer than it did before. */
  readonly secondsLeft: ComputedRef<number | undefined>;
  /** 0..1, of the time that it took before; it does not come to its end by itself. */
  readonly share: ComputedRef<number>;
}

/** `isThere`: whether it has come; `isNew`: whether the run was begun as this was called, so that its time counts. */
export function useFirstPicture(isThere: () => boolean, isNew: () => boolean): FirstPicture {
  const begunMs = performance.now();
  const counts = isNew() && !isThere();
  const expected = Math.max(1, Number(readKept('local', lastTimeKey)) || usualSeconds);
  const elapsed = ref(0);
  const clock = useIntervalFn(() => (elapsed.value = (performance.now() - begunMs) / 1000), tickMs);

  watch(
    isThere,
    (is) => {
      if (!is) return;
      clock.pause();
      if (counts) keep('local', lastTimeKey, String(Math.ceil((performance.now() - begunMs) / 1000)));
    },
    { immediate: true },
  );

  return {
    secondsLeft: computed(() => (elapsed.value < expected ? Math.max(1, Math.ceil(expected - elapsed.value)) : undefined)),
    share: computed(() => 1 - Math.exp((-2 * elapsed.value) / expected)),
  };
}
