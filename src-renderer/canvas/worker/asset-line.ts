// The worker's line to the host's tiles: reads in batches, the most wanted first, and writes what a stroke has made.
import type { AssetId, DocumentId } from '../../../src-main/contract/document.ts';
import { StudioError, type Fault } from '../../../src-main/contract/fault.ts';
import type { AssetCache } from './asset-cache.ts';
import { joinFrames, splitFrames } from './asset-frames.ts';
import type { SendBytes } from './uploads.ts';

const idsInBatch = 32;
const batchesInFlight = 2;
const retryAfterMs = 1000;
/** Tiles of one write: the host takes 64 MiB at once. */
const framesInWrite = 64;

export interface AssetLine {
  /** Sets what is wanted, the most urgent first; replaces what was wanted before. */
  want(ids: readonly AssetId[]): void;
  /** Reads now whatever is missing. Throws asset.missing where the host does not have one of them. */
  load(ids: readonly AssetId[]): Promise<void>;
  /** Answers ids in order once the pixels are on disk. Throws the host's fault. */
  write(frames: readonly Uint8Array[]): Promise<AssetId[]>;
  /** Not at the host: drawn as see-through. */
  isAbsent(id: AssetId): boolean;
  open(document: DocumentId | undefined): void;
  readonly loading: number;
}

export interface AssetLineOptions {
  readonly address: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly cache: AssetCache;
  readonly fetch: typeof fetch;
  readonly send: SendBytes;
  arrived(): void;
}

export function createAssetLine({ address, headers, cache, fetch, send, arrived }: AssetLineOptions): AssetLine {
  let document: DocumentId | undefined;
  let wanted: readonly AssetId[] = [];
  let running = 0;
  const underway = new Set<AssetId>();
  const absent = new Set<AssetId>();

  async function read(ids: readonly AssetId[]): Promise<void> {
    const of = document;
    ids.forEach((id) => underway.add(id));
    try {
      const answer = await fetch(`${address}/assets/${of}/read`, { method: 'POST', headers: { ...headers, 'Content-Type': 'application/json' }, body: JSON.stringify(ids) });
      if (!answer.ok) throw await faultIn(answer);
      const frames = splitFrames(new Uint8Array(await answer.arrayBuffer()));
      if (of !== document) return;
      ids.forEach((id, index) => {
        const bytes = frames[index];
        if (bytes) cache.put(id, bytes);
        else absent.add(id);
      });
    } finally {
      ids.forEach((id) => underway.delete(id));
    }
  }

  function pump(): void {
    while (running < batchesInFlight && document !== undefined) {
      const batch: AssetId[] = [];
      for (const id of wanted) {
        if (batch.length === idsInBatch) break;
        if (!cache.has(id) && !underway.has(id) && !absent.has(id)) batch.push(id);
      }
      if (batch.length === 0) return;
      running++;
      read(batch)
        .then(() => {
          running--;
          arrived();
          pump();
        })
        .catch(() => {
          setTimeout(() => {
            running--; // The connection's own state says that the host is away; asked again quietly.
            pump();
          }, retryAfterMs);
        });
    }
  }

  return {
    want: (ids) => {
      wanted = [...new Set(ids.map(cache.nameOf))];
      pump();
    },
    load: async (names) => {
      const ids = [...new Set(names.map(cache.nameOf))];
      for (let missing = unknown(ids); missing.length > 0; missing = unknown(ids)) {
        const batch = missing.filter((id) => !underway.has(id)).slice(0, idsInBatch);
        if (batch.length > 0) await read(batch);
        else await new Promise((resolve) => setTimeout(resolve, 5));
      }
      arrived();
    },
    write: async (frames) => {
      const ids: AssetId[] = [];
      for (let at = 0; at < frames.length; at += framesInWrite) {
        const body = joinFrames(frames.slice(at, at + framesInWrite));
        const answer = await send(`${address}/assets/${document}`, { ...headers, 'Content-Type': 'application/octet-stream' }, body);
        if (!answer.ok) throw await faultIn(answer);
        ids.push(...((await answer.json()) as AssetId[]));
      }
      return ids;
    },
    isAbsent: (id) => absent.has(cache.nameOf(id)),
    open: (next) => {
      document = next;
      wanted = [];
      absent.clear();
    },
    get loading() {
      return underway.size;
    },
  };

  function unknown(ids: readonly AssetId[]): AssetId[] {
    return ids.filter((id) => !cache.has(id) && !absent.has(id));
  }
}

/** The host's own fault where it sent one. */
async function faultIn(answer: Response): Promise<StudioError> {
  try {
    const { fault } = (await answer.json()) as { readonly fault?: Fault };
    if (fault) return new StudioError(fault.code, fault.details);
  } catch {
    return new StudioError('internal', { reason: `the host answered ${answer.status}` });
  }
  return new StudioError('internal', { reason: `the host answered ${answer.status}` });
}
