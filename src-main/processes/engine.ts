// The engine process: models run here, so that a run blocks no window and a crash takes none with it.
import { engineMethods, type EngineCall, type EngineReply, type EngineStatus } from '../contract/engine-api.ts';
import { resultOf } from '../contract/result.ts';
import { addZeroModel } from '../engine/runtime/add-zero-model.ts';
import { createOrtSessions } from '../engine/runtime/ort-node.ts';
import { serveOwner } from './owner.ts';

const sessions = createOrtSessions();

const answers: Readonly<Record<EngineCall['method'], () => Promise<EngineStatus>>> = {
  /** Opens a real model: an engine whose runtime does not load must not look well. */
  async status() {
    const session = await sessions.open(addZeroModel(), { provider: 'cpu', threads: 1 });
    await session.release();
    return { runtime: `onnxruntime ${sessions.version}` };
  },
};

function isCall(message: unknown): message is EngineCall {
  if (typeof message !== 'object' || message === null || !('id' in message) || !('method' in message)) return false;
  return Number.isSafeInteger(message.id) && engineMethods.some((method) => method === message.method);
}

serveOwner((message, owner) => {
  if (!isCall(message)) return;
  const { id, method } = message;
  void resultOf(answers[method]).then((result) => owner.send({ id, result } satisfies EngineReply));
});
