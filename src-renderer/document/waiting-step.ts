// A step that has been asked for and waits to be made: undo calls it off, before it takes back what was done.
import { defineStore } from 'pinia';
import { shallowRef } from 'vue';

export const useWaitingStep = defineStore('waitingStep', () => {
  const cancel = shallowRef<() => void>();
  return {
    /** One at a time; answers what says that it waits no more. */
    begin(callOff: () => void): () => void {
      cancel.value = callOff;
      return () => {
        if (cancel.value === callOff) cancel.value = undefined;
      };
    },
    /** False where none waits. */
    callOff(): boolean {
      const waiting = cancel.value;
      cancel.value = undefined;
      waiting?.();
      return waiting !== undefined;
    },
  };
});
