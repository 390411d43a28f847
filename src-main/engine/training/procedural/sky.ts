// Skies: three tones from horizon to zenith, a sun with its glow, and clouds lit from its side.
import type { Triple } from '../../image/color.ts';
import type { Random } from '../../tensor/random.ts';
import { blend, type Shader } from './canvas.ts';
import { rise, type Noise } from './noise.ts';
import { between, mix, tone } from './palette.ts';

export interface Sky {
  readonly horizon: Triple;
  readonly middle: Triple;
  readonly zenith: Triple;
  readonly sun: Triple;
  readonly cloudLit: Triple;
  readonly cloudDark: Triple;
  /** Where the sun stands, in canvas units; its disc is shown only where it is in front of nothing. */
  readonly sunX: number;
  readonly sunY: number;
  readonly sunRadius: number;
  /** How far the glow reaches over how strong it is. */
  readonly glow: number;
  /** Share of the sky that clouds cover, 0..1. */
  readonly clouds: number;
  readonly cloudScale: number;
}

export const hours = ['evening', 'dawn', 'day', 'overcast', 'night'] as const;
export type Hour = (typeof hours)[number];

type Tones = Omit<Sky, 'sunX' | 'sunY' | 'clouds' | 'cloudScale'>;

/** Colours of an hour, shifted a little in hue by `drift`. */
function tonesOf(hour: Hour, drift: number): Tones {
  switch (hour) {
    case 'evening':
      return { horizon: tone(0.86, 0.13, 0.19 + drift), middle: tone(0.74, 0.1, 0.1 + drift), zenith: tone(0.43, 0.09, 0.74), sun: tone(0.93, 0.12, 0.2), cloudLit: tone(0.83, 0.12, 0.11 + drift), cloudDark: tone(0.47, 0.06, 0.86), sunRadius: 0.022, glow: 1.1 };
    case 'dawn':
      return { horizon: tone(0.9, 0.06, 0.15 + drift), middle: tone(0.79, 0.07, 0.98 + drift), zenith: tone(0.56, 0.08, 0.76), sun: tone(0.97, 0.05, 0.2), cloudLit: tone(0.93, 0.05, 0.06), cloudDark: tone(0.62, 0.05, 0.82), sunRadius: 0.02, glow: 0.7 };
    case 'day':
      return { horizon: tone(0.92, 0.025, 0.62), middle: tone(0.77, 0.07, 0.68 + drift), zenith: tone(0.55, 0.12, 0.71 + drift), sun: tone(1, 0.02, 0.25), cloudLit: tone(0.97, 0.012, 0.2), cloudDark: tone(0.67, 0.03, 0.74), sunRadius: 0, glow: 0.35 };
    case 'overcast':
      return { horizon: tone(0.88, 0.02, 0.3 + drift), middle: tone(0.74, 0.02, 0.65), zenith: tone(0.58, 0.03, 0.7 + drift), sun: tone(0.95, 0.02, 0.25), cloudLit: tone(0.86, 0.015, 0.25), cloudDark: tone(0.48, 0.025, 0.72), sunRadius: 0, glow: 0.25 };
    case 'night':
      return { horizon: tone(0.47, 0.06, 0.66 + drift), middle: tone(0.33, 0.07, 0.71), zenith: tone(0.2, 0.06, 0.74 + drift), sun: tone(0.95, 0.03, 0.28), cloudLit: tone(0.58, 0.04, 0.68), cloudDark: tone(0.22, 0.05, 0.74), sunRadius: 0.028, glow: 0.4 };
  }
}

export function drawSky(hour: Hour, aspect: number, horizonY: number, random: Random): Sky {
  const low = hour === 'evening' || hour === 'dawn';
  return {
    ...tonesOf(hour, 0.025 * random.normal()),
    sunX: aspect * between(random, 0.15, 0.85),
    sunY: horizonY * (low ? between(random, 0.65, 0.92) : between(random, 0.1, 0.45)),
    clouds: between(random, 0.15, 0.75),
    cloudScale: between(random, 0.8, 1.6),
  };
}

/** The sky above a horizon as a shader. */
export function skyShader(sky: Sky, aspect: number, horizonY: number, noise: Noise): Shader {
  const density = (u: number, v: number): number => noise.octaves(u, v, 5, 0.54) - (0.42 - 0.75 * sky.clouds);
  const white = mix(sky.sun, [1, 1, 1], 0.5);
  return (x, y, out) => {
    const up = Math.max(0, (horizonY - y) / horizonY);
    const low = rise(0, 0.45, up);
    const high = rise(0.12, 0.95, up);
    for (let channel = 0; channel < 3; channel++) {
      const lower = sky.horizon[channel]! + low * (sky.middle[channel]! - sky.horizon[channel]!);
      out[channel] = lower + high * (sky.zenith[channel]! - lower);
    }
    const away = Math.sqrt((x - sky.sunX) ** 2 + 1.3 * (y - sky.sunY) ** 2);
    const halo = sky.glow * (0.35 * Math.exp(-2.6 * away) + 0.55 * Math.exp(-11 * away));
    for (let channel = 0; channel < 3; channel++) out[channel]! += halo * sky.sun[channel]!;
    if (sky.sunRadius > 0) blend(out, [1.5 * white[0], 1.5 * white[1], 1.5 * white[2]], rise(sky.sunRadius * 1.12, sky.sunRadius * 0.95, away));
    // clouds hang on a plane above, so that they flatten towards the horizon
    const far = 1 / (up + 0.16);
    const u = (x - aspect / 2) * far * sky.cloudScale;
    const v = far * sky.cloudScale * 1.7;
    const here = density(u, v);
    if (here < -0.06) return;
    const toSun = 0.16 / (away + 0.25);
    const behind = density(u + (sky.sunX - x) * toSun * far * 0.35, v + (sky.sunY - y) * toSun * far * -0.5);
    const lit = Math.exp(-2.6 * Math.max(0, 0.45 * here + behind)) + 0.25 * Math.max(0, here - behind);
    const rim = 1 + 1.3 * sky.glow * Math.exp(-4 * away) * Math.exp(-5 * Math.max(0, here));
    const share = Math.min(1, lit);
    const cover = rise(-0.06, 0.24, here) * (0.35 + 0.65 * rise(0, 0.3, up)) * 0.95;
    for (let channel = 0; channel < 3; channel++) {
      const cloud = rim * (sky.cloudDark[channel]! + share * (sky.cloudLit[channel]! - sky.cloudDark[channel]!));
      out[channel]! += cover * (cloud - out[channel]!);
    }
  };
}
