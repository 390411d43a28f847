// A stroke of a brush: from the pen's points over a smooth path to dabs and the coverage they leave.
import type { Region } from '../contract/image.ts';
import { readCoverage, releaseCoverage, type CoverageTiles } from './coverage.ts';
import { stampDab, type Dab } from './dab.ts';
import { emptyRegion, unionOf } from './region.ts';

/** How pressure scales a property: `least` at no pressure, 1 at full; `gamma` above 1 keeps it low for longer. */
export interface PressureCurve {
  readonly least: number;
  readonly gamma: number;
}

/** A round brush. */
export interface Brush {
  /** Along the longer axis, px; up to 2000. */
  readonly sizePx: number;
  /** 0: soft from the centre, 1: full up to the edge. */
  readonly hardness: number;
  /** Ceiling of the whole stroke, 0..1. */
  readonly opacity: number;
  /** Share of the ceiling that one dab gives, 0..1; counts where `buildUp`. */
  readonly flow: number;
  /** Whether overlapping dabs add up to the ceiling; otherwise the strongest counts. */
  readonly buildUp: boolean;
  /** Distance of dabs as a share of the shorter axis, above 0. */
  readonly spacing: number;
  /** Shorter axis over the longer one, above 0 to 1. */
  readonly roundness: number;
  /** Of the longer axis, radians, clockwise from the x axis. */
  readonly angle: number;
  readonly pressureSize?: PressureCurve | undefined;
  readonly pressureOpacity?: PressureCurve | undefined;
  /** How much a tilted pen flattens and turns the brush, 0..1. */
  readonly tilt: number;
  /** Share of the former position that a point keeps, 0..0.95. */
  readonly smoothing: number;
  /** Length of a string that pulls the brush behind the pen, px; 0: none. */
  readonly stringPx: number;
}

/** Where the pen was: document px, pressure 0..1, tilt in degrees from upright (Pointer Events' tiltX and tiltY). */
export interface StrokePoint {
  readonly x: number;
  readonly y: number;
  readonly pressure: number;
  readonly tiltX?: number;
  readonly tiltY?: number;
}

/** A plain brush to start from. */
export const roundBrush: Brush = {
  sizePx: 32, hardness: 0.8, opacity: 1, flow: 1, buildUp: false, spacing: 0.1, roundness: 1, angle: 0, tilt: 0, smoothing: 0, stringPx: 0,
};

type Sample = Required<StrokePoint>;

const leastRoundness = 0.05;
const leastStepPx = 0.5;

/**
 * A stroke that is being drawn. Coverage depends on the points alone, not on how they were handed over. The path runs through the
 * midpoints of the smoothed points as quadratic curves, so that it is half a step behind the pen until it ends.
 */
export class Stroke {
  readonly #brush: Brush;
  readonly #within: Region;
  readonly #touched: ((dab: Dab) => void) | undefined;
  readonly #tiles: CoverageTiles = new Map();
  #region: Region = emptyRegion;
  #lastRaw: Sample | undefined;
  #last: Sample | undefined;
  #middle: Sample | undefined;
  /** Px along the path to the next dab. */
  #toNext = 0;

  /** Paints nothing outside `within`, e.g. the document. `touched` is told of every dab in turn. */
  constructor(brush: Brush, within: Region, touched?: (dab: Dab) => void) {
    this.#brush = brush;
    this.#within = within;
    this.#touched = touched;
  }

  /** Everything that may be covered so far. */
  get region(): Region {
    return this.#region;
  }

  /** Shares in [0,1] of a region's pixels, the brush's opacity included; undefined where nothing is covered. */
  readonly coverage = (region: Region): Float32Array | undefined => readCoverage(this.#tiles, region);

  /** Goes on to further points; answers the pixels whose coverage may have changed. */
  add(points: readonly StrokePoint[]): Region {
    let changed = emptyRegion;
    for (const point of points) {
      const raw: Sample = { tiltX: 0, tiltY: 0, ...point };
      this.#lastRaw = raw;
      const next = this.#last ? this.#smoothed(this.#last, raw) : raw;
      if (next) changed = unionOf(changed, this.#advance(next));
    }
    this.#region = unionOf(this.#region, changed);
    return changed;
  }

  /** Draws the rest of the path up to the pen (up to the string's end where there is one); answers what may have changed. */
  finish(): Region {
    if (!this.#last || !this.#middle || !this.#lastRaw) return emptyRegion;
    const catchesUp = this.#brush.smoothing > 0 && this.#brush.stringPx <= 0;
    const end = catchesUp ? this.#lastRaw : this.#last;
    let changed = this.#walk(this.#middle, this.#last, catchesUp ? between(this.#last, end, 0.5) : this.#last);
    if (catchesUp) changed = unionOf(changed, this.#walk(between(this.#last, end, 0.5), end, end));
    this.#last = this.#middle = this.#lastRaw = undefined;
    this.#region = unionOf(this.#region, changed);
    return changed;
  }

  /** Forgets its coverage, once nobody asks for it any more. */
  release(): void {
    releaseCoverage(this.#tiles);
  }

  /** The point that the brush is led to; undefined: it rests. */
  #smoothed(last: Sample, raw: Sample): Sample | undefined {
    const { stringPx, smoothing } = this.#brush;
    const eased = smoothing > 0 ? between(raw, last, Math.min(smoothing, 0.95)) : raw;
    if (stringPx <= 0) return eased.x === last.x && eased.y === last.y ? undefined : eased;
    const distance = Math.hypot(eased.x - last.x, eased.y - last.y);
    return distance <= stringPx ? undefined : between(last, eased, 1 - stringPx / distance);
  }

  #advance(next: Sample): Region {
    const { x, y } = next;
    if (!Number.isFinite(x + y)) return emptyRegion;
    if (!this.#last || !this.#middle) {
      this.#last = this.#middle = next;
      return this.#stamp(next);
    }
    const middle = between(this.#last, next, 0.5);
    const changed = this.#walk(this.#middle, this.#last, middle);
    this.#last = next;
    this.#middle = middle;
    return changed;
  }

  /** Sets dabs along a quadratic curve. */
  #walk(from: Sample, control: Sample, to: Sample): Region {
    let changed = emptyRegion;
    const length = Math.hypot(control.x - from.x, control.y - from.y) + Math.hypot(to.x - control.x, to.y - control.y);
    const parts = Math.min(64, Math.max(1, Math.ceil(length / 2)));
    let start = from;
    for (let part = 1; part <= parts; part++) {
      const t = part / parts;
      const end = between(between(from, control, t), between(control, to, t), t);
      const distance = Math.hypot(end.x - start.x, end.y - start.y);
      let along = 0;
      while (distance - along >= this.#toNext && distance > 0) {
        along += this.#toNext;
        changed = unionOf(changed, this.#stamp(between(start, end, along / distance)));
      }
      this.#toNext -= distance - along;
      start = end;
    }
    return changed;
  }

  #stamp(at: Sample): Region {
    const brush = this.#brush;
    const size = brush.sizePx * pressed(brush.pressureSize, at.pressure);
    const { roundness, angle } = tilted(brush, at);
    // by the shorter axis: flat dabs further apart leave teeth
    this.#toNext = Math.max(leastStepPx, size * roundness * brush.spacing);
    if (!(size > 0)) return emptyRegion;
    const dab: Dab = {
      x: at.x, y: at.y, radius: size / 2, hardness: brush.hardness, roundness, angle,
      limit: brush.opacity * pressed(brush.pressureOpacity, at.pressure),
      flow: brush.buildUp ? brush.flow : undefined,
    };
    this.#touched?.(dab);
    return stampDab(this.#tiles, dab, this.#within);
  }
}

function pressed(curve: PressureCurve | undefined, pressure: number): number {
  if (!curve) return 1;
  return curve.least + (1 - curve.least) * Math.min(1, Math.max(0, pressure)) ** curve.gamma;
}

/** A tilted pen touches with an ellipse that points where it leans. */
function tilted({ roundness, angle, tilt }: Brush, { tiltX, tiltY }: Sample): { roundness: number; angle: number } {
  const [leanX, leanY] = [Math.tan((clampTilt(tiltX) * Math.PI) / 180), Math.tan((clampTilt(tiltY) * Math.PI) / 180)];
  const lean = Math.hypot(leanX, leanY);
  if (tilt <= 0 || lean === 0) return { roundness: Math.max(leastRoundness, roundness), angle };
  const flattened = roundness * (1 - tilt + tilt / Math.hypot(1, lean));
  return { roundness: Math.max(leastRoundness, flattened), angle: Math.atan2(leanY, leanX) };
}

function clampTilt(degrees: number): number {
  return Math.min(80, Math.max(-80, degrees));
}

function between(a: Sample, b: Sample, share: number): Sample {
  const mix = (from: number, to: number): number => from + (to - from) * share;
  return {
    x: mix(a.x, b.x), y: mix(a.y, b.y), pressure: mix(a.pressure, b.pressure), tiltX: mix(a.tiltX, b.tiltX), tiltY: mix(a.tiltY, b.tiltY),
  };
}
