// The runs that teach, as the host tells of them, and what the artist tells them.
import { ref, shallowRef, watch, type Ref, type ShallowRef } from 'vue';
import { emptySeries, withMetrics, type MetricSeries } from '../../src-main/contract/metric-series.ts';
import type { StudioParams, TeachRunState } from '../../src-main/contract/studio-api.ts';
import type { StudioClient } from '../client/studio-client.ts';
import type { useNotices } from '../shell/notices-store.ts';

type RunMethod = 'teach.pause' | 'teach.resume' | 'teach.adjust' | 'teach.checkpoint' | 'teach.discard' | 'teach.stop';

export interface TeachRuns {
  readonly runs: ShallowRef<ReadonlyMap<string, TeachRunState>>;
  readonly series: ShallowRef<ReadonlyMap<string, MetricSeries>>;
  /** The run that the workspace shows. */
  readonly watched: Ref<string | undefined>;
  take(state: TeachRunState): void;
  /** Calls when a run that this page has seen at work is done or has failed. */
  onEnded(listener: (run: TeachRunState) => void): void;
  readRuns(): Promise<void>;
  /** False where it was refused, which a notice says. */
  tell<M extends RunMethod>(method: M, params: StudioParams<M>): Promise<boolean>;
  /** A run that was paused or left behind goes on and is watched. */
  goOn(run: string): Promise<void>;
  discard(run: string): Promise<void>;
  /** A kept state goes into the gallery. */
  takeState(params: StudioParams<'teach.take'>): Promise<void>;
}

export function createTeachRuns(studio: StudioClient, notices: Pick<ReturnType<typeof useNotices>, 'fault' | 'tell'>): TeachRuns {
  const runs = shallowRef<ReadonlyMap<string, TeachRunState>>(new Map());
  const series = shallowRef<ReadonlyMap<string, MetricSeries>>(new Map());
  const watched = ref<string>();
  const ended = new Set<(run: TeachRunState) => void>();

  function take(state: TeachRunState): void {
    const before = runs.value.get(state.run);
    runs.value = new Map(runs.value).set(state.run, state);
    if (state.metrics) series.value = new Map(series.value).set(state.run, withMetrics(series.value.get(state.run) ?? emptySeries, state.metrics));
    // A window that was closed comes back to the run that goes on.
    if (watched.value === undefined && isOpen(state)) watched.value = state.run;
    if (before && isOpen(before) && (state.state === 'done' || state.state === 'failed')) ended.forEach((listener) => listener(state));
  }

  async function tell<M extends RunMethod>(method: M, params: StudioParams<M>): Promise<boolean> {
    try {
      await (studio.ask as (method: M, params: StudioParams<M>) => Promise<unknown>)(method, params);
      return true;
    } catch (thrown) {
      notices.fault(thrown);
      return false;
    }
  }

  /** The host has every step's; what it tells on the way goes on from there. */
  async function readSeries(run: string): Promise<void> {
    try {
      const kept = await studio.ask('teach.metrics', { run });
      series.value = new Map(series.value).set(run, kept);
    } catch (thrown) {
      notices.fault(thrown);
    }
  }
  watch(watched, (run) => run !== undefined && void readSeries(run));

  return {
    runs, series, watched, take, tell,
    onEnded: (listener) => void ended.add(listener),
    async readRuns() {
      const before = watched.value;
      try {
        (await studio.ask('teach.list')).forEach(take);
        if (before !== undefined && before === watched.value) await readSeries(before); // it went on while nobody was told
      } catch (thrown) {
        notices.fault(thrown);
      }
    },
    async goOn(run) {
      watched.value = run;
      await tell('teach.resume', { run });
    },
    async takeState(params) {
      try {
        const { style, kept } = await studio.ask('teach.take', params);
        notices.tell(kept === undefined ? 'teach.done' : 'teach.takenOver', { name: style, ...(kept === undefined ? {} : { kept }) });
      } catch (thrown) {
        notices.fault(thrown);
      }
    },
    async discard(run) {
      if (!(await tell('teach.discard', { run }))) return;
      runs.value = new Map([...runs.value].filter(([known]) => known !== run));
      if (watched.value === run) watched.value = undefined;
    },
  };
}

/** It learns, or can go on learning at once. */
export function isOpen({ state }: TeachRunState): boolean {
  return state === 'running' || state === 'paused';
}
