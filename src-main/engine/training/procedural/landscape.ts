// Landscapes: sky, hills behind hills, water that mirrors them or a meadow, and what stands in front.
import type { Extent } from '../../../contract/image.ts';
import type { Triple } from '../../image/color.ts';
import type { Random } from '../../tensor/random.ts';
import { blend, createCanvas, develop, shade, type Canvas, type Shader } from './canvas.ts';
import type { DrawPicture } from './draw-picture.ts';
import { drawBank } from './foreground.ts';
import { createNoise, rise, type Noise } from './noise.ts';
import { between, choose, mix, scaled, tone } from './palette.ts';
import { drawRidges, shadeRidge, type Ridge } from './ridges.ts';
import { drawSailboat, type BoatPlace } from './sailboat.ts';
import { drawSky, hours, skyShader, type Hour, type Sky } from './sky.ts';

export interface LandscapePlan {
  readonly hour: Hour;
  readonly horizonY: number;
  readonly water: boolean;
  readonly boat: boolean;
  /** Where the boat lies, in canvas units, and its half length; drawn where not given. */
  readonly boatAt?: BoatPlace;
  readonly ridges: number;
  readonly tall: number;
  readonly rugged: number;
  readonly wooded: number;
  /** A tree in front: −1 at the left, 1 at the right, 0 none. */
  readonly tree: number;
  readonly sky?: Partial<Sky>;
  readonly grain: number;
}

/** A view with depth: haze by distance, light from one side, a foreground. */
export const landscape: DrawPicture = (size, random) => develop(...landscapeCanvas(size, drawPlan(random), random));

/** The same from a plan, not yet developed; ends with grain and its seed. */
export function landscapeCanvas(size: Extent, plan: LandscapePlan, random: Random): [Canvas, number, number] {
  const canvas = createCanvas(size);
  const { aspect } = canvas;
  const sky: Sky = { ...drawSky(plan.hour, aspect, plan.horizonY, random), ...plan.sky };
  const [night, warm] = [plan.hour === 'night', plan.hour === 'evening'];
  const ground = night ? tone(0.17, 0.03, 0.6) : tone(between(random, 0.26, 0.36), between(random, 0.03, 0.06), warm ? between(random, 0.2, 0.55) : between(random, 0.3, 0.42));
  // in the evening one looks into the light: hills stand dark before it
  const groundLit = scaled(mix(night ? tone(0.32, 0.03, 0.6) : tone(between(random, 0.52, 0.66), 0.08, between(random, 0.22, 0.36)), sky.sun, warm ? 0.25 : 0.1), warm ? 0.6 : 1);
  const haze = warm ? mix(mix(sky.horizon, sky.middle, 0.7), sky.zenith, 0.42) : mix(sky.horizon, sky.middle, 0.5);
  const ridges = drawRidges({ ...plan, count: plan.ridges, aspect, ground, groundLit, haze: night ? scaled(haze, 0.6) : haze }, random);
  const noise = createNoise(random);
  const above = aboveShader(sky, ridges, aspect, plan.horizonY, noise);
  const boat = plan.boat ? drawSailboat(aspect, plan.horizonY, sky, random, plan.boatAt) : undefined;
  const withBoat: Shader = (x, y, out) => {
    above(x, y, out);
    if (boat) blend(out, boat.colourAt(x, y), boat.coverAt(x, y, canvas.px));
  };
  const below = plan.water ? waterShader(withBoat, sky, plan.horizonY, createNoise(random)) : meadowShader(plan.horizonY, ground, groundLit, haze, createNoise(random));
  shade(canvas, (x, y, out) => (y < plan.horizonY ? above : below)(x, y, out));
  if (boat) boat.lay(canvas);
  drawBank(canvas, { dark: mix(scaled(ground, 0.35), [0.01, 0.012, 0.02], 0.3), lit: mix(groundLit, sky.sun, 0.3), leaf: drawLeafTone(plan.hour, random), tree: plan.tree, water: plan.water, sunX: sky.sunX }, random);
  return [canvas, plan.grain, random.integer(2 ** 31)];
}

/** Green in summer, copper in autumn; dark at night. */
function drawLeafTone(hour: Hour, random: Random): Triple {
  const hue = random.uniform() < 0.7 ? between(random, 0.3, 0.38) : between(random, 0.12, 0.24);
  return hour === 'night' ? tone(0.38, 0.04, hue) : tone(between(random, 0.62, 0.76), between(random, 0.1, 0.15), hue);
}

function drawPlan(random: Random): LandscapePlan {
  const water = random.uniform() < 0.6;
  return {
    hour: choose(random, [...hours, 'day', 'day', 'evening'] as const),
    horizonY: between(random, 0.42, 0.68),
    water,
    boat: water && random.uniform() < 0.5,
    ridges: 2 + random.integer(4),
    tall: between(random, 0.08, 0.3),
    rugged: random.uniform(),
    wooded: random.uniform(),
    tree: choose(random, [-1, 0, 1]),
    grain: between(random, 0.5, 2),
  };
}

function aboveShader(sky: Sky, ridges: readonly Ridge[], aspect: number, horizonY: number, noise: Noise): Shader {
  const background = skyShader(sky, aspect, horizonY, noise);
  return (x, y, out) => {
    for (let index = ridges.length - 1; index >= 0; index--) {
      const below = y - ridges[index]!.crest(x);
      if (below > 0) {
        shadeRidge(ridges[index]!, x, y, below, sky.sunX, out);
        const away = Math.sqrt((x - sky.sunX) ** 2 + (y - sky.sunY) ** 2);
        const glow = 0.3 * sky.glow * Math.exp(-5 * away) * (1 - 0.6 * ridges[index]!.near);
        for (let channel = 0; channel < 3; channel++) out[channel]! += glow * sky.sun[channel]!;
        return;
      }
    }
    background(x, y, out);
  };
}

/** Still water: the scene above upside down, broken by ripples that widen towards the viewer. */
function waterShader(above: Shader, sky: Sky, horizonY: number, noise: Noise): Shader {
  const deep = mix(scaled(sky.zenith, 0.28), tone(0.25, 0.04, 0.55), 0.5);
  return (x, y, out) => {
    const close = (y - horizonY) / (1 - horizonY);
    const far = 1 / (close + 0.045);
    const u = (x - 0.7) * far * 2.2;
    const v = far * 7;
    const fade = rise(0, 0.08, close);
    const swell = noise.octaves(u * 1.2, v * 1.5, 3, 0.6);
    const ripple = noise.octaves(u * 4.3 + 5, v * 4.6, 3, 0.6) * fade;
    const tilt = 0.7 * swell * fade + 0.6 * ripple;
    const mirroredY = horizonY - (y - horizonY) * 0.92 - tilt * (0.012 + 0.09 * close);
    above(x + 0.5 * ripple * (0.004 + 0.03 * close), Math.min(horizonY - 1e-4, mirroredY), out);
    const mirror = 0.9 - 0.52 * close - 0.3 * Math.max(0, tilt) * close;
    for (let channel = 0; channel < 3; channel++) out[channel] = deep[channel]! + mirror * (out[channel]! * 0.94 - deep[channel]!);
    const path = Math.exp(-(((x - sky.sunX) / (0.05 + 0.2 * close)) ** 2));
    const glitter = sky.glow * 1.5 * path * rise(0.1, 0.55, ripple + 0.5 * swell + 0.1) * (1 - 0.5 * close);
    for (let channel = 0; channel < 3; channel++) out[channel]! += glitter * sky.sun[channel]!;
  };
}

function meadowShader(horizonY: number, ground: Triple, lit: Triple, haze: Triple, noise: Noise): Shader {
  return (x, y, out) => {
    const close = (y - horizonY) / (1 - horizonY);
    const far = 1 / (close + 0.06);
    const u = (x - 0.7) * far;
    const v = far * 3;
    const fields = rise(-0.2, 0.3, noise.octaves(u * 0.8, v * 0.9, 3));
    const blades = noise.octaves(u * 26, v * 7, 4, 0.85) * rise(0, 0.25, close);
    const light = Math.max(0, Math.min(1.2, 0.25 + 0.5 * fields + 0.55 * blades * (0.3 + 0.7 * close)));
    const veil = 0.7 * Math.exp(-close * 7);
    for (let channel = 0; channel < 3; channel++) {
      const body = ground[channel]! + light * (lit[channel]! * 0.9 - ground[channel]!);
      out[channel] = body + veil * (haze[channel]! - body);
    }
  };
}
