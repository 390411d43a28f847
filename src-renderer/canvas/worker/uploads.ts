// Bytes to the host through the upload worker: the pen does not wait while they are handed over.
import { StudioError, type Fault } from '../../../src-main/contract/fault.ts';

export interface Upload {
  readonly id: number;
  readonly address: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array<ArrayBuffer>;
}

export type Uploaded = { readonly id: number } & ({ readonly status: number; readonly text: string } | { readonly fault: Fault });

/** Posts a body, which is of no use to the caller any more. Throws host.lost where nobody answers. */
export type SendBytes = (address: string, headers: Readonly<Record<string, string>>, body: Uint8Array<ArrayBuffer>) => Promise<Response>;

export function createUploads(worker: Pick<Worker, 'postMessage' | 'onmessage'>): SendBytes {
  const waiting = new Map<number, { resolve(answer: Response): void; reject(thrown: unknown): void }>();
  let lastId = 0;
  worker.onmessage = ({ data }: MessageEvent<Uploaded>) => {
    const waits = waiting.get(data.id);
    waiting.delete(data.id);
    if ('fault' in data) waits?.reject(new StudioError(data.fault.code, data.fault.details));
    else waits?.resolve(new Response(data.text, { status: data.status }));
  };
  return (address, headers, body) =>
    new Promise((resolve, reject) => {
      const id = ++lastId;
      waiting.set(id, { resolve, reject });
      worker.postMessage({ id, address, headers, body } satisfies Upload, [body.buffer]);
    });
}
