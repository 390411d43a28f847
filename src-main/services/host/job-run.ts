// One run of a job: what it reports goes to its line, and so does its end.
import { faultOf, StudioError } from '../../contract/fault.ts';
import type { JobWatch } from '../../contract/job.ts';
import type { JobState } from '../../contract/studio-records.ts';
import type { JobLine } from './job-line.ts';
import type { JobEnd, JobOrder } from './job-order.ts';

/** Runs a job to its end; once more where the engine process was lost under it, unless that may have been the doing of a file that was read. Never rejects. */
export async function carryOut({ order, line }: { readonly order: JobOrder; readonly line: JobLine }, signal: AbortSignal): Promise<JobEnd> {
  const watch: JobWatch = {
    signal,
    progress: (progress) => line.progress(progress),
    warn: (key, details) => line.note({ key, ...(details && { details }) }),
  };
  await Promise.resolve(); // `running` stands before the work begins.
  const notes = (): Pick<JobState, 'notes'> => {
    const told = line.news().notes;
    return told ? { notes: told } : {};
  };
  try {
    if (signal.aborted) throw new StudioError('job.cancelled');
    const end = await order.run(watch).catch((thrown: unknown) => {
      if (!order.canRetry || order.kind === 'import' || signal.aborted || faultOf(thrown).code !== 'engine.lost') throw thrown;
      return order.run(watch);
    });
    line.enter({ state: 'done', share: 1, ...notes(), ...(end && ('document' in end ? end : { file: end })) });
    return end;
  } catch (thrown) {
    const fault = faultOf(thrown);
    const isStopped = signal.aborted || fault.code === 'job.cancelled';
    line.enter({ state: isStopped ? 'cancelled' : 'failed', ...notes(), ...(!isStopped && { fault }) });
    return undefined;
  }
}
