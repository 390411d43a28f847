// Finds what lies round a painting: wall, frame, mat, the rim of a scan. Stripe by stripe, from the edges inwards.
import type { Region } from '../../../contract/image.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { evenStripe, isEvenTo, linedStripe, medianOf, viewFrom, type Side, type Stripe, type View } from './border-stripe.ts';

/** Stripes that are taken off one after another: a wall, a frame's mouldings, a mat. */
const mostStripes = 12;
/** No border is deeper than this share of the picture. */
const deepestAll = 0.35;
/** Thinner rims, as shares of the short side, are not worth a word. */
const leastRim = 0.004;
/** A strip along one side or two must be this even and no deeper, or it could be a painted sky. */
const [evenStrip, deepestStrip] = [0.02, 0.12];

const sides: readonly Side[] = ['top', 'bottom', 'left', 'right'];

type Views = readonly (readonly [Side, View])[];

type Stripes = Partial<Record<Side, Stripe>>;

/** The painting within its borders, on planes [1,3,H,W] in [0,1]; the whole picture where nothing lies round it. */
export function withinBorders(planes: Tensor): Region {
  const [, , height = 0, width = 0] = planes.shape;
  const depth: Record<Side, number> = { top: 0, bottom: 0, left: 0, right: 0 };
  let strip: Stripes = {};
  for (let round = 0; round < mostStripes; round++) {
    const inner = insetOf(width, height, depth);
    const views = sides.map((side) => [side, viewFrom(planes, inner, side)] as const);
    const found = stripesRound(views);
    if (round === 0 && countOf(found) < 3) strip = found;
    const taken = countOf(found) >= 2 ? found : laggards(views, depth);
    if (countOf(taken) === 0) break;
    for (const side of sides) depth[side] += taken[side]?.depth ?? 0;
    if (sides.some((side) => depth[side] > deepestAll * lengthAcross(side, width, height))) break;
  }
  return insetOf(width, height, believable(depth, strip, Math.min(width, height)));
}

function countOf(stripes: Stripes): number {
  return Object.keys(stripes).length;
}

/** Sides that can catch up with the deepest. Beyond its frame a painting may have an even stripe of its own, which is left. */
function laggards(views: Views, depth: Readonly<Record<Side, number>>): Stripes {
  const deepestSide = 1.15 * Math.max(...Object.values(depth));
  const catchUp: Stripes = {};
  if (deepestSide === 0) return catchUp;
  for (const [side, view] of views) {
    const stripe = [evenStripe(view), linedStripe(view)].find((each) => each && depth[side] + each.depth <= deepestSide);
    if (stripe) catchUp[side] = stripe;
  }
  return catchUp;
}

/** Borders round at least three sides are believed; along fewer, only thin and even ones. */
function believable(depth: Readonly<Record<Side, number>>, strip: Stripes, short: number): Record<Side, number> {
  const thick = sides.filter((side) => depth[side] >= leastRim * short);
  const all = thick.length >= 3;
  const kept = (side: Side): number => {
    if (all) return depth[side];
    const found = strip[side];
    return found && found.spread <= evenStrip && found.depth >= leastRim * short && found.depth <= deepestStrip * short ? found.depth : 0;
  };
  return { top: kept('top'), bottom: kept('bottom'), left: kept('left'), right: kept('right') };
}

function lengthAcross(side: Side, width: number, height: number): number {
  return side === 'top' || side === 'bottom' ? height : width;
}

function insetOf(width: number, height: number, { top, bottom, left, right }: Readonly<Record<Side, number>>): Region {
  return { x: left, y: top, width: width - left - right, height: height - top - bottom };
}

function stripesRound(views: Views): Stripes {
  const even = levelled(views, evenStripe, isEvenTo);
  if (countOf(even) >= 2) return even;
  const lined = levelled(views, linedStripe, () => true);
  return countOf(lined) >= 3 ? lined : even;
}

/** Where three sides have a stripe and the fourth could have one as deep, it has: a dark frame beside dark paint shows no line. */
function levelled(views: Views, find: (view: View) => Stripe | undefined, may: (view: View, depth: number) => boolean): Stripes {
  const found: Stripes = {};
  for (const [side, view] of views) {
    const stripe = find(view);
    if (stripe) found[side] = stripe;
  }
  const stripes = Object.values(found);
  if (stripes.length !== 3) return found;
  const missing = views.find(([side]) => !found[side]);
  const depth = medianOf(stripes.map((stripe) => stripe.depth));
  if (missing && may(missing[1], depth)) found[missing[0]] = { depth, spread: Infinity };
  return found;
}
