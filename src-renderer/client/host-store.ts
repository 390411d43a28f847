// What the page knows of its host: the connection, and what the studio says of itself.
import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import type { EngineState, StudioStatus } from '../../src-main/contract/studio-status.ts';
import { createStudioClient, openTransport } from './studio-client.ts';
import type { ConnectionState } from './transport.ts';

export const useHost = defineStore('host', () => {
  const transport = openTransport(window);
  const studio = createStudioClient(transport);
  const connection = ref<ConnectionState>('connecting');
  const status = shallowRef<StudioStatus>();
  const isRestarting = ref(false);
  const engine = computed<EngineState | 'restarting' | undefined>(() => (isRestarting.value ? 'restarting' : status.value?.engine));

  async function readStatus(): Promise<void> {
    try {
      status.value = await studio.ask('status');
    } catch {
      status.value = undefined; // The connection's own state says why.
    }
  }

  transport.onState((state) => {
    connection.value = state;
    if (state === 'connected') void readStatus();
    else status.value = undefined;
  });

  transport.onEvent((event) => {
    if (event.kind !== 'engine') return;
    isRestarting.value = event.state === 'restarting';
    if (!isRestarting.value) void readStatus();
  });

  return { connection, engine, status, studio, transport };
});
