// From new tiles to a step of history: shown at once, written to disk in order, then told to the window.
import type { Change } from '../../../src-main/contract/changes.ts';
import { faultOf, type Fault } from '../../../src-main/contract/fault.ts';
import type { HistoryLabel } from '../../../src-main/contract/history.ts';
import type { ChangedTiles } from '../../../src-main/raster/tiles.ts';
import type { AssetCache } from './asset-cache.ts';
import type { AssetLine } from './asset-line.ts';
import type { DocumentMirror, Turn } from './document-mirror.ts';
import type { PixelStep } from './protocol.ts';

export interface PixelSteps {
  /** Holds new bytes under names that hold only here, by place. */
  hold(tiles: ChangedTiles): Map<string, string | null>;
  /** A step whose changes name held tiles; answers what names it, undefined where nothing changes. `isShown`: its pixels are on the screen already. */
  make(label: HistoryLabel, changes: readonly Change[], isShown?: boolean): number | undefined;
  /** Writes tiles that no layer shows yet; answers their lasting names by place. */
  keep(tiles: ChangedTiles): Promise<Map<string, string>>;
  /** The window did not take a step. */
  refused(step: number): void;
  /** Paint that becomes a step once this has happened, whether it does well or not. */
  coming(paint: Promise<unknown>): void;
  /** Resolves when nothing is on its way. */
  settled(): Promise<void>;
}

export interface PixelStepsOptions {
  readonly cache: AssetCache;
  readonly line: AssetLine;
  readonly mirror: DocumentMirror;
  /** `dropped`: a step that will not be. */
  show(turn: Turn | undefined, dropped?: number): void;
  tell(step: PixelStep): void;
  fail(fault: Fault): void;
}

const localName = 'local-';

export function createPixelSteps({ cache, line, mirror, show, tell, fail }: PixelStepsOptions): PixelSteps {
  let lastName = 0;
  let lastStep = 0;
  let queue: Promise<void> = Promise.resolve();

  const hold = (bytes: Uint8Array): string => {
    const name = `${localName}${++lastName}`;
    cache.hold(name, bytes);
    return name;
  };

  /** Names in changes that hold only here. */
  function localNames(changes: readonly Change[]): string[] {
    const text = JSON.stringify(changes.map(({ after }) => after ?? null));
    return [...new Set([...text.matchAll(/"(local-\d+)"/g)].map(([, name]) => name as string))];
  }

  async function finish(step: number, label: HistoryLabel): Promise<void> {
    const names = localNames(mirror.changesOf(step));
    try {
      const frames = names.map((name) => cache.get(name) ?? new Uint8Array());
      const ids = frames.length > 0 ? await line.write(frames) : [];
      names.forEach((name, index) => cache.release(name, ids[index]));
      mirror.rename(new Map(names.map((name, index) => [name, ids[index] ?? name])));
      tell({ step, label, changes: mirror.changesOf(step) });
    } catch (thrown) {
      names.forEach((name) => cache.release(name));
      show(mirror.drop(step), step);
      fail(faultOf(thrown));
    }
  }

  return {
    hold: (tiles) => new Map([...tiles].map(([place, bytes]) => [place, bytes && hold(bytes)])),
    make: (label, changes, isShown = false) => {
      if (changes.length === 0) return undefined;
      const step = ++lastStep;
      const turn = mirror.make(step, changes);
      if (!isShown) show(turn);
      queue = queue.then(() => finish(step, label));
      return step;
    },
    keep: async (tiles) => {
      const whole = [...tiles].flatMap(([place, bytes]) => (bytes ? [{ place, bytes }] : []));
      const ids = whole.length > 0 ? await line.write(whole.map(({ bytes }) => bytes)) : [];
      whole.forEach(({ bytes }, index) => cache.put(ids[index] ?? '', bytes));
      return new Map(whole.map(({ place }, index) => [place, ids[index] ?? '']));
    },
    refused: (step) => show(mirror.drop(step), step),
    coming: (paint) => {
      const done = paint.then(() => undefined, () => undefined);
      queue = queue.then(() => done);
    },
    settled: async () => {
      for (let seen: Promise<void> | undefined; seen !== queue; ) await (seen = queue); // More may have come meanwhile.
    },
  };
}
