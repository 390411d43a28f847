// What the artist has chosen once for all: read from the host, followed, changed.
import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import type { Settings } from '../../src-main/contract/schema.ts';
import { useHost } from '../client/host-store.ts';
import { useNotices } from '../shell/notices-store.ts';

export type SettingsChange = Partial<Omit<Settings, 'formatVersion'>>;

const layoutPauseMs = 400;
const megabyte = 1e6;

export const useSettings = defineStore('settings', () => {
  const host = useHost();
  const notices = useNotices();
  const settings = shallowRef<Settings>({ formatVersion: 1 });
  /** Sizes and folded parts of the window; changed many times a second while a handle is dragged. */
  const layout = shallowRef<Readonly<Record<string, number>>>({});
  /** Whether they were read, or cannot be: until then the window would speak and look otherwise than was chosen, and not know the artist's keys. */
  const isKnown = ref(false);
  const theme = computed(() => settings.value.theme ?? 'dark');
  /** Bytes a document's history may take on disk before the artist is asked. */
  const historyLimit = computed(() => (settings.value.historyMB === undefined ? undefined : settings.value.historyMB * megabyte));
  let pause: ReturnType<typeof setTimeout> | undefined;

  function take(next: Settings): void {
    settings.value = next;
    if (pause === undefined) layout.value = next.layout ?? {};
  }

  async function read(): Promise<void> {
    try {
      take(await host.studio.ask('settings.read'));
    } catch (thrown) {
      notices.fault(thrown);
    }
    isKnown.value = true;
  }

  /** Undefined: decided by the program again; on the line to the host only null says so. */
  async function change(changes: SettingsChange): Promise<void> {
    settings.value = { ...settings.value, ...changes };
    try {
      take(await host.studio.ask('settings.change', Object.fromEntries(Object.entries(changes).map(([key, value]) => [key, value ?? null])) as SettingsChange));
    } catch (thrown) {
      notices.fault(thrown);
    }
  }

  /** Undefined: forgotten. */
  function setLayout(name: string, value: number | undefined): void {
    const { [name]: _before, ...others } = layout.value;
    layout.value = value === undefined ? others : { ...others, [name]: Math.round(value) };
    clearTimeout(pause);
    pause = setTimeout(() => {
      pause = undefined;
      void change({ layout: layout.value });
    }, layoutPauseMs);
  }

  host.transport.onEvent((event) => {
    if (event.kind === 'settings') take(event.settings);
  });
  host.transport.onState((state) => {
    if (state === 'connected') void read();
    else if (state !== 'connecting') isKnown.value = true;
  });

  return { settings, layout, theme, historyLimit, isKnown, change, setLayout };
});
