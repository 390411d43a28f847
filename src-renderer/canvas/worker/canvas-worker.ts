// The canvas worker's entry: takes messages from the window and hands them on.
import { faultOf, StudioError } from '../../../src-main/contract/fault.ts';
import { createStudioDesk, type StudioDesk } from './desk.ts';
import type { CanvasCall, FromWorker, ToWorker } from './protocol.ts';

const post = (message: FromWorker, transfer: Transferable[] = []): void => self.postMessage(message, { transfer });

let desk: StudioDesk | undefined;

function answer(call: CanvasCall): void {
  const asked = desk ? desk.answer(call) : Promise.reject(new StudioError('internal', { reason: 'the canvas is not there yet' }));
  asked.then(
    (value) => post({ kind: 'reply', id: call.id, result: { ok: true, value } }, value instanceof ImageBitmap ? [value] : []),
    (thrown: unknown) => post({ kind: 'reply', id: call.id, result: { ok: false, fault: faultOf(thrown) } }),
  );
}

self.onmessage = ({ data }: MessageEvent<ToWorker>) => {
  try {
    if (data.kind === 'start') desk = createStudioDesk(data, post);
    else if (data.kind === 'call') answer(data);
    else desk?.take(data);
  } catch (thrown) {
    post({ kind: 'fault', fault: faultOf(thrown) });
  }
};
