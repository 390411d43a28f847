// Whose turn it is: the pen's while it moves; what it has left coarse is composited at full size once it rests.

/** Time of one frame spent on compositing what is in sight, ms. */
const workMs = 10;
/** The same while a stroke is in hand or may come soon, and while the view moves. */
const strokeWorkMs = 4;
/** A pen that has not moved for so long rests. */
const restMs = 60;
/** A hand that has not moved for so long sees the picture as it should be, not only about so. */
const easeMs = 300;
/** So long after a stroke another may come. */
const soonMs = 600;

export interface PenPace {
  /** The pen has drawn, or the view was moved. */
  moved(): void;
  /** Whether it is on its way; if so, a frame is asked for once it rests. */
  moves(isDown: boolean): boolean;
  /** Whether there is time for what nobody waits for. */
  rests(): boolean;
  /** Whether there is time only for what does not look about right; if so, a frame is asked for once there is more. */
  hurries(): boolean;
  budgetMs(isDown: boolean): number;
}

export function createPenPace(ask: () => void, now: () => number = () => performance.now()): PenPace {
  let movedMs = -Infinity;
  let resting: ReturnType<typeof setTimeout> | undefined;
  let easing: ReturnType<typeof setTimeout> | undefined;
  return {
    moved: () => void (movedMs = now()),
    moves: (isDown) => {
      const restsInMs = isDown ? movedMs + restMs - now() : 0;
      if (restsInMs <= 0) return false;
      resting ??= setTimeout(() => {
        resting = undefined;
        ask();
      }, restsInMs);
      return true;
    },
    rests: () => now() - movedMs >= soonMs,
    hurries: () => {
      const restsInMs = movedMs + easeMs - now();
      if (restsInMs <= 0) return false;
      easing ??= setTimeout(() => {
        easing = undefined;
        ask();
      }, restsInMs);
      return true;
    },
    budgetMs: (isDown) => (isDown || now() - movedMs < soonMs ? strokeWorkMs : workMs),
  };
}
