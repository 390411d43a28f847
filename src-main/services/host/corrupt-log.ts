// Notes in the log why a file or a record cannot be read: the sentence that is shown says only that it is damaged.
import { basename } from 'node:path';
import { faultOf, type Fault } from '../../contract/fault.ts';
import type { StudioApi, StudioEvent } from '../../contract/studio-api.ts';
import type { Platform } from '../platform.ts';

export interface CorruptLog {
  /** The same requests; what they throw is looked at. */
  watch(api: StudioApi): StudioApi;
  /** Faults that are told without a request: of jobs, teachings, glazes, linked pictures. */
  hear(event: StudioEvent): void;
}

export function createCorruptLog({ log }: Pick<Platform, 'log'>): CorruptLog {
  let last: string | undefined;
  /** What a job tells and its request throws as well is one line. */
  const note = (fault: Fault | undefined): void => {
    if (!fault?.code.endsWith('.corrupt')) return;
    const message = `${fault.code}: ${Object.entries(fault.details ?? {}).map(([key, value]) => `${key} ${bare(String(value))}`).join(', ')}`;
    if (message !== last) log('warn', message);
    last = message;
  };
  return {
    watch: (api) => {
      const watched = Object.entries(api).map(([method, handler]) => {
        const run = handler as (params: unknown, page?: string) => Promise<unknown>;
        return [method, async (params: unknown, page?: string) => {
          try {
            return await run(params, page);
          } catch (thrown) {
            note(faultOf(thrown));
            throw thrown;
          }
        }];
      });
      return Object.fromEntries(watched) as unknown as StudioApi;
    },
    hear: (event) => note('fault' in event ? event.fault : event.kind === 'job' ? event.job.fault : event.kind === 'teach' ? event.run.fault : undefined),
  };
}

/** Without the folders of what it names. */
function bare(words: string): string {
  return words.replace(/(?:[A-Za-z]:)?[\\/][^\s"'“”]*[\\/][^\s"'“”]+/g, (path) => basename(path.replaceAll('\\', '/')));
}
