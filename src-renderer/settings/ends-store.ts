// Whether the system tells of long work that has ended: what the artist has chosen, and what the browser allows.
import { defineStore } from 'pinia';
import { computed, ref } from 'vue';
import type { SystemNotice } from '../../src-main/contract/studio-bridge.ts';
import { createSystemNotices } from '../client/system-notices.ts';
import { useSettings } from './settings-store.ts';

export const useEnds = defineStore('ends', () => {
  const settings = useSettings();
  const system = createSystemNotices(window);
  const permission = ref(system.permission());
  const isOn = computed(() => (settings.settings.tellsEnds ?? system.isOwn) && permission.value === 'granted');

  /** Switched on only where it is allowed; a browser asks the artist now. */
  async function set(on: boolean): Promise<void> {
    permission.value = on ? await system.ask() : system.permission();
    if (!on || permission.value === 'granted') await settings.change({ tellsEnds: on });
  }

  return {
    isOn,
    permission,
    set,
    /** The artist may have changed their mind in the browser itself. */
    look: () => void (permission.value = system.permission()),
    tell: (notice: SystemNotice, tag: string) => isOn.value && system.tell(notice, tag),
  };
});
