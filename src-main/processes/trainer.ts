// The trainer process: one teaching, told what to do and telling how it goes over its owner's line.
import { faultOf } from '../contract/fault.ts';
import type { TrainerCommand, TrainerEvent } from '../contract/teaching.ts';
import { runTeaching } from '../services/teaching.ts';
import { serveOwner, type Owner } from './owner.ts';

const cancelled = new AbortController();

serveOwner((message, owner) => {
  if (!isCommand(message)) return;
  if (message.kind === 'cancel') cancelled.abort();
  else void teach(message, owner);
});

function isCommand(message: unknown): message is TrainerCommand {
  return typeof message === 'object' && message !== null && 'kind' in message && (message.kind === 'teach' || message.kind === 'cancel');
}

async function teach({ request, folders }: Extract<TrainerCommand, { kind: 'teach' }>, owner: Owner): Promise<void> {
  const tell = (event: TrainerEvent): void => owner.send(event);
  try {
    tell({ kind: 'done', outcome: await runTeaching(request, folders, cancelled.signal, tell) });
  } catch (thrown) {
    tell({ kind: 'failed', fault: faultOf(thrown) });
  }
}
