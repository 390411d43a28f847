// Events on their way to one page: in order while it keeps up, the newest of each kind where it does not.
import type { GlazeTiles } from '../../contract/glaze-tiles.ts';
import type { StudioEvent } from '../../contract/studio-api.ts';

export interface EventLine {
  send(event: StudioEvent): void;
  /** True while the page has not taken what was sent before. */
  isFull(): boolean;
}

export interface EventOutlet {
  tell(event: StudioEvent): void;
  /** To be called when the line may have room again. */
  drain(): void;
}

/** What a later event of the same key makes superfluous; undefined: every one counts. */
function keyOf(event: StudioEvent): string | undefined {
  switch (event.kind) {
    case 'job':
      return `job ${event.job.id}`;
    case 'glaze.tiles':
      return `glaze ${event.paint.document} ${event.paint.layer}`;
    case 'teach':
      return `teach ${event.run.run}`;
    case 'engine':
    case 'styles.changed':
    case 'settings':
    case 'home.moving':
      return event.kind;
    default:
      return undefined;
  }
}

/** Two pieces of news of one layer's paint as one. */
export function joinPaint(older: GlazeTiles, newer: GlazeTiles): GlazeTiles {
  if (newer.whole) return newer;
  const tiles = { ...older.tiles, ...newer.tiles };
  const painted = { ...older.painted, ...newer.painted };
  // Where all tiles are named, one that is not there needs no word.
  if (!older.whole) return { ...newer, tiles, painted };
  return { ...newer, whole: true, painted, tiles: Object.fromEntries(Object.entries(tiles).filter(([, id]) => id !== null)) };
}

function joined(older: StudioEvent | undefined, newer: StudioEvent): StudioEvent {
  if (older?.kind !== 'glaze.tiles' || newer.kind !== 'glaze.tiles') return newer;
  return { kind: 'glaze.tiles', paint: joinPaint(older.paint, newer.paint) };
}

export function createEventOutlet(line: EventLine): EventOutlet {
  const waiting = new Map<string, StudioEvent>();
  let count = 0;
  return {
    tell(event) {
      if (waiting.size === 0 && !line.isFull()) return line.send(event);
      const key = keyOf(event) ?? `event ${++count}`;
      const older = waiting.get(key);
      waiting.delete(key);
      waiting.set(key, joined(older, event));
    },
    drain() {
      for (const [key, event] of waiting) {
        if (line.isFull()) return;
        waiting.delete(key);
        line.send(event);
      }
    },
  };
}
