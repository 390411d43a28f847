// The studio as every host lends it to a window: answers the requests of the contract.
import { program } from '../contract/program.ts';
import { resultOf } from '../contract/result.ts';
import { isStudioCall, type EngineState, type StudioApi, type StudioReply, type StudioStatus } from '../contract/studio-api.ts';

/** What a host lends the studio. */
export interface StudioOptions {
  readonly host: StudioStatus['host'];
  readonly runtime: string;
  /** Asks the engine process whether it is there. */
  readonly engineState: () => Promise<EngineState>;
}

export function createStudio({ host, runtime, engineState }: StudioOptions): StudioApi {
  return {
    status: async () => ({ version: program.version, host, runtime, engine: await engineState() }),
  };
}

/** Answers one question that came from a page; undefined where it is no question at all. */
export async function answerCall(studio: StudioApi, call: unknown): Promise<StudioReply | undefined> {
  if (!isStudioCall(call)) return undefined;
  return { id: call.id, result: await resultOf(() => studio[call.method]()) };
}
