// Sends tiles to the host in a thread of its own: handing a body to fetch holds its thread for 25 ms a megabyte.
import { reachHost } from '../../client/reach-host.ts';
import { faultOf } from '../../../src-main/contract/fault.ts';
import type { Upload, Uploaded } from './uploads.ts';

self.onmessage = ({ data: { id, address, headers, body } }: MessageEvent<Upload>) => {
  const post = (done: Uploaded): void => self.postMessage(done);
  reachHost(address, { method: 'POST', headers, body })
    .then(async (answer) => post({ id, status: answer.status, text: await answer.text() }))
    .catch((thrown: unknown) => post({ id, fault: faultOf(thrown) }));
};
