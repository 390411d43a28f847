// The trainer process: one teaching, told what to do and telling how it goes over its owner's line.
import { faultOf } from '../contract/fault.ts';
import type { TrainerCommand, TrainerEvent } from '../contract/teaching.ts';
import { createTeachControl } from '../services/teach/teach-control.ts';
import { runTeaching } from '../services/teach/teaching.ts';
import { serveOwner, type Owner } from './owner.ts';

const control = createTeachControl();

serveOwner((message, owner) => {
  if (!isCommand(message)) return;
  if (message.kind === 'teach') void teach(message, owner);
  else control.take(message);
});

const commands: ReadonlySet<string> = new Set<TrainerCommand['kind']>(['teach', 'cancel', 'pause', 'resume', 'finish', 'keep', 'steer']);

function isCommand(message: unknown): message is TrainerCommand {
  return typeof message === 'object' && message !== null && 'kind' in message && commands.has(String(message.kind));
}

async function teach({ request, folders }: Extract<TrainerCommand, { kind: 'teach' }>, owner: Owner): Promise<void> {
  const tell = (event: TrainerEvent): void => void owner.send(event);
  try {
    tell({ kind: 'done', outcome: await runTeaching(request, folders, control, tell) });
  } catch (thrown) {
    tell({ kind: 'failed', fault: faultOf(thrown) });
  }
}
