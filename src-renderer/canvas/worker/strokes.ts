// Strokes one after the other: shown while they are drawn, a step of history when the pen lifts.
import type { Region } from '../../../src-main/contract/image.ts';
import type { BytesOf } from '../../../src-main/raster/tiles.ts';
import type { DeskParts } from './desk-parts.ts';
import { startLiveStroke, type LiveStroke } from './live-stroke.ts';
import { isBareUnder } from './locked-alpha.ts';
import { locksAlpha, tileChanges } from './paint-target.ts';
import type { PenPoint, StrokeStart } from './protocol.ts';
import { masksBeneath, styleChanges, type StyleStroke } from './style-shares.ts';

export interface Strokes {
  begin(start: StrokeStart): void;
  add(points: readonly PenPoint[]): void;
  lift(): void;
  abandon(): void;
}

export function createStrokes({ easel, steps, cache, line, selection, post }: DeskParts): Strokes {
  let live: LiveStroke | undefined;
  /** A lifted stroke that waits for tiles from disk; what the pen does meanwhile waits, too. */
  let isEnding = false;
  let backlog: (() => void)[] = [];

  function inTurn(work: () => void): void {
    if (isEnding) backlog.push(work);
    else work();
  }

  function drop(): void {
    const dropped = live;
    live = undefined;
    easel.stroke(undefined);
    if (dropped) easel.touch(dropped.region());
    dropped?.release();
  }

  /** What the step of a stroke waits for. */
  const missingOf = (of: LiveStroke): string[] => [...of.missing(), ...masksBeneath(styleStroke(of)).filter((id) => !cache.has(id) && !line.isAbsent(id))];

  function loadMissing(of: LiveStroke): Promise<void> {
    const missing = missingOf(of);
    if (missing.length === 0) return Promise.resolve();
    return line.load(missing).then(() => {
      if (live === of) easel.stroked(of.catchUp());
    });
  }

  function close(of: LiveStroke): void {
    const isStyle = typeof of.start.target.part === 'object';
    const changes = isStyle ? styleChanges(styleStroke(of), cache.get, steps.hold) : tileChanges(of.baseRecord, of.start.target, steps.hold(of.changes()), of.raster);
    if (changes.length === 0) {
      post({ kind: 'unchanged', target: of.start.target, isPaint: of.start.effect === 'paint', isBare: isBare(of, cache.get) });
      return drop(); // No glaze will paint anew what shows through.
    }
    live = undefined;
    easel.strokeDone(steps.make(of.start.label, changes, true));
    if (of.glazes.size === 0) of.release(); // Else it shows through for a while.
  }

  /** What the pen has drawn since the last frame. */
  function paint(): readonly Region[] {
    if (!live) return [];
    const parts = live.paint();
    if (live.missing().length > 0) loadMissing(live).catch(() => undefined); // Asked again when the pen lifts.
    return parts;
  }

  function end(): void {
    if (!live) return;
    const of = live;
    easel.stroked(of.end());
    if (missingOf(of).length === 0) return close(of);
    isEnding = true;
    const closing = loadMissing(of)
      .then(() => (live === of ? close(of) : undefined), () => drop())
      .finally(() => {
        isEnding = false;
        const waiting = backlog;
        backlog = [];
        waiting.forEach(inTurn);
      });
    steps.coming(closing);
  }

  return {
    begin: (start) =>
      inTurn(() => {
        if (live) end();
        const { record } = easel;
        live = record && startLiveStroke(start, record, cache.get, selection.coverage(), easel.backdrops);
        easel.stroke(live);
      }),
    add: (points) =>
      inTurn(() => {
        const [first] = points;
        if (!live || !first) return;
        live.add(points);
        easel.penned(paint, first.atMs);
      }),
    lift: () => inTurn(end),
    abandon: () => inTurn(drop),
  };
}

/** Whether all that a stroke met is see-through and locked so. */
function isBare({ baseRecord, start: { target }, raster, reach, region }: LiveStroke, bytes: BytesOf): boolean {
  return locksAlpha(baseRecord, target) && isBareUnder(raster, region(), reach, bytes);
}

function styleStroke({ baseRecord: record, start: { target, effect }, coverage, region }: LiveStroke): StyleStroke {
  return { record, target, erases: effect === 'erase', coverage, region: region() };
}
