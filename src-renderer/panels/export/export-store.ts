// The export that the dialog follows: what is asked for, how far it is, where it went.
import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import { faultOf, type Fault } from '../../../src-main/contract/fault.ts';
import type { ExportRequest } from '../../../src-main/contract/studio-api.ts';
import type { JobState } from '../../../src-main/contract/studio-records.ts';
import { useHost } from '../../client/host-store.ts';
import { useDocument } from '../../document/document-store.ts';

export const useExport = defineStore('export', () => {
  const { studio, transport } = useHost();
  const document = useDocument();
  const jobId = ref<string>();
  const known = shallowRef<ReadonlyMap<string, JobState>>(new Map());
  const refused = shallowRef<Fault>();
  const asking = ref(false);
  /** Asked to stop; work that is under way may take seconds to hear it. */
  const cancelling = ref(false);
  const job = computed(() => (jobId.value === undefined ? undefined : known.value.get(jobId.value)));
  const isRunning = computed(() => asking.value || (jobId.value !== undefined && (!job.value || job.value.state === 'waiting' || job.value.state === 'running')));
  const fault = computed(() => refused.value ?? (job.value?.state === 'failed' ? job.value.fault : undefined));

  transport.onEvent((event) => {
    if (event.kind !== 'job' || event.job.kind !== 'export') return;
    if ((known.value.get(event.job.id)?.sequence ?? -1) < event.job.sequence) known.value = new Map(known.value).set(event.job.id, event.job);
  });

  async function start(request: ExportRequest): Promise<void> {
    if (isRunning.value) return;
    asking.value = true;
    cancelling.value = false;
    refused.value = undefined;
    jobId.value = undefined;
    try {
      await document.settled();
      jobId.value = (await studio.ask('export', request)).job;
    } catch (thrown) {
      refused.value = faultOf(thrown);
    } finally {
      asking.value = false;
    }
  }

  async function cancel(): Promise<void> {
    if (jobId.value === undefined) return;
    cancelling.value = true;
    try {
      await studio.ask('jobs.cancel', { job: jobId.value });
    } catch (thrown) {
      cancelling.value = false;
      refused.value = faultOf(thrown);
    }
  }

  /** The dialog starts over; a job that runs goes on in the list of jobs. */
  function forget(): void {
    if (!isRunning.value) jobId.value = undefined;
    refused.value = undefined;
  }

  return { job, isRunning, cancelling, fault, start, cancel, forget };
});
