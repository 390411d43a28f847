// What a host tells a running teaching: stop, pause, end, keep, and the artist's wishes for what comes next.
import type { Region } from '../../contract/image.ts';
import type { PreviewPart, TeachWishesLive, TrainerCommand } from '../../contract/teaching.ts';
import type { Picture } from '../../engine/training/augment.ts';
import { cutPart, type MarkedPart, type Steering } from '../../engine/training/steering.ts';

/** What the parts of a preview are cut from: the picture that is painted over, and how it was last painted. */
export interface PreviewPictures {
  readonly content: Picture;
  last(): Picture | undefined;
}

export interface TeachControl {
  readonly signal: AbortSignal;
  take(command: Exclude<TrainerCommand, { kind: 'teach' }>): void;
  /** Settles at once, or when a paused run goes on, ends or is stopped. */
  gate(): Promise<void>;
  isFinished(): boolean;
  strokePercent(): number;
  /** The wishes as the trainer takes them; nothing where there are none. Marks are cut out once, when they are first seen. */
  steering(pictures: PreviewPictures): Steering | undefined;
  /** Names of states that were asked to be kept since the last call. */
  takeKept(): string[];
}

/** A marked part is grown to this many px, so that crops fit. */
const leastPartPx = 96;
const plan: TeachWishesLive = { balance: 0.5, strokePercent: 100, marks: [] };

export function createTeachControl(): TeachControl {
  const cancelled = new AbortController();
  let wishes = plan;
  let finished = false;
  let goOn: (() => void) | undefined;
  let paused: Promise<void> | undefined;
  let kept: string[] = [];
  let parts = new Map<PreviewPart, MarkedPart>();
  const release = (): void => {
    goOn?.();
    [goOn, paused] = [undefined, undefined];
  };
  cancelled.signal.addEventListener('abort', release);

  const takeWishes = (next: TeachWishesLive): void => {
    // A mark that stands again keeps what was cut out for it.
    const known = new Map([...parts].map(([part, cut]) => [JSON.stringify(part), cut]));
    const kept = next.marks.flatMap((mark) => {
      const cut = known.get(JSON.stringify(mark));
      return cut ? [[mark, cut] as const] : [];
    });
    parts = new Map(kept);
    wishes = next;
  };

  return {
    signal: cancelled.signal,
    take(command) {
      switch (command.kind) {
        case 'cancel':
          return cancelled.abort();
        case 'pause':
          paused ??= new Promise((resolve) => (goOn = resolve));
          return;
        case 'resume':
          return release();
        case 'finish':
          finished = true;
          return release();
        case 'keep':
          return void kept.push(command.name);
        case 'steer':
          return takeWishes(command.wishes);
      }
    },
    gate: () => paused ?? Promise.resolve(),
    isFinished: () => finished,
    strokePercent: () => wishes.strokePercent,
    steering(pictures) {
      if (wishes.balance === plan.balance && wishes.marks.length === 0) return undefined;
      for (const mark of wishes.marks) {
        const cut = parts.get(mark) ?? cutMark(mark, pictures);
        if (cut) parts.set(mark, cut);
      }
      return { balance: wishes.balance, marks: [...parts.values()] };
    },
    takeKept() {
      const names = kept;
      kept = [];
      return names;
    },
  };
}

/** Nothing to be seen yet: the mark waits. */
function cutMark(mark: PreviewPart, { content, last }: PreviewPictures): MarkedPart | undefined {
  const painted = last();
  if (!painted) return undefined;
  const cut = (picture: Picture): Picture => cutPart(picture, placedIn(mark, picture), leastPartPx);
  return { verdict: mark.verdict, content: cut(content), painted: cut(painted) };
}

function placedIn({ x, y, width, height }: PreviewPart, picture: Picture): Region {
  return {
    x: Math.round(x * picture.width),
    y: Math.round(y * picture.height),
    width: Math.max(1, Math.round(width * picture.width)),
    height: Math.max(1, Math.round(height * picture.height)),
  };
}
