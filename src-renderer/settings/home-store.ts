// The artist's folder as the settings show it: where it is, another one checked and chosen, how far it is copied.
import { defineStore } from 'pinia';
import { computed, shallowRef } from 'vue';
import { faultOf, type Fault } from '../../src-main/contract/fault.ts';
import type { HomeFinding, HomeState } from '../../src-main/contract/home.ts';
import { useHost } from '../client/host-store.ts';

export interface HomeProgress {
  readonly doneBytes: number;
  readonly totalBytes: number;
  readonly secondsLeft?: number;
}

export const useHome = defineStore('home', () => {
  const host = useHost();
  const state = shallowRef<HomeState>();
  const found = shallowRef<HomeFinding>();
  const fault = shallowRef<Fault>();
  const progress = shallowRef<HomeProgress>();
  /** The artist has asked for the copying to stop; it may be over before that is heard. */
  const isStopping = shallowRef(false);
  /** It was stopped. */
  const wasStopped = shallowRef(false);
  const isMoving = computed(() => progress.value !== undefined);
  /** What would be changed now would not be kept. */
  const isLeft = computed(() => isMoving.value || state.value?.left !== undefined);

  async function attempt<T>(act: () => Promise<T>): Promise<T | undefined> {
    fault.value = undefined;
    wasStopped.value = false;
    try {
      return await act();
    } catch (thrown) {
      const told = faultOf(thrown);
      if (told.code === 'job.cancelled') wasStopped.value = true;
      else fault.value = told;
      return undefined;
    }
  }

  async function read(): Promise<void> {
    found.value = undefined;
    state.value = await attempt(() => host.studio.ask('home.read'));
  }

  async function check(folder: string): Promise<void> {
    found.value = await attempt(() => host.studio.ask('home.check', { folder }));
  }

  async function choose(how: 'move' | 'empty' | 'use'): Promise<void> {
    const folder = found.value?.folder;
    if (folder === undefined) return;
    if (how === 'move') progress.value = { doneBytes: 0, totalBytes: 0 };
    const next = await attempt(() => host.studio.ask('home.choose', { folder, how }));
    progress.value = undefined;
    isStopping.value = false;
    found.value = undefined;
    if (next) state.value = next;
  }

  async function stop(): Promise<void> {
    isStopping.value = true;
    await host.studio.ask('home.cancel').catch(() => (isStopping.value = false));
  }

  host.transport.onEvent((event) => {
    if (event.kind === 'home.moving' && isMoving.value) progress.value = event;
  });

  return { state, found, fault, progress, isStopping, wasStopped, isLeft, read, check, choose, stop, forget: () => void (found.value = undefined) };
});
