// Blends one surface onto another: W3C source-over with any blend mode, on premultiplied values.
import type { BlendMode } from '../contract/document.ts';
import { channelFormulas, colourFormulas, isChannelMode, type ChannelFormula, type ColourFormula } from './blend.ts';
import type { Surface } from './surface.ts';

/** `opacity` in [0,1] scales the source. `atop`: the source shows only where the backdrop has paint; its alpha stays. */
export interface BlendOptions {
  readonly mode: BlendMode;
  readonly opacity: number;
  readonly atop?: boolean;
}

/**
 * Changes `backdrop` to source over backdrop; both of one region. With premultiplied colours C and alphas α:
 * Co = Cs·(1−αb) + Cb·(1−αs) + αs·αb·B(Cb/αb, Cs/αs), αo = αs + αb·(1−αs); `atop` leaves the first term and αb.
 * Source: W3C Compositing and Blending Level 1, sections 5.8, 5.9 and 10.
 */
export function blendSurface(backdrop: Surface, source: Surface, { mode, opacity, atop = false }: BlendOptions): void {
  if (mode === 'normal') {
    if (atop) normalAtop(backdrop.data, source.data, opacity);
    else normalOver(backdrop.data, source.data, opacity);
  } else if (isChannelMode(mode)) blendChannels(backdrop.data, source.data, channelFormulas[mode], opacity, atop ? 0 : 1);
  else blendColours(backdrop.data, source.data, colourFormulas[mode], opacity, atop ? 0 : 1);
}

function normalOver(b: Float32Array, s: Float32Array, opacity: number): void {
  for (let i = 0; i < b.length; i += 4) {
    const alpha = s[i + 3] * opacity;
    if (alpha === 0) continue;
    const rest = 1 - alpha;
    b[i] = s[i] * opacity + b[i] * rest;
    b[i + 1] = s[i + 1] * opacity + b[i + 1] * rest;
    b[i + 2] = s[i + 2] * opacity + b[i + 2] * rest;
    b[i + 3] = alpha + b[i + 3] * rest;
  }
}

function normalAtop(b: Float32Array, s: Float32Array, opacity: number): void {
  for (let i = 0; i < b.length; i += 4) {
    const alpha = s[i + 3] * opacity;
    if (alpha === 0) continue;
    const rest = 1 - alpha;
    const share = b[i + 3] * opacity;
    b[i] = s[i] * share + b[i] * rest;
    b[i + 1] = s[i + 1] * share + b[i + 1] * rest;
    b[i + 2] = s[i + 2] * share + b[i + 2] * rest;
  }
}

const runPx = 1024;
// straight colours of a run; written and read within one call
const backdropRun = new Float32Array(runPx * 3);
const sourceRun = new Float32Array(runPx * 3);

function blendChannels(b: Float32Array, s: Float32Array, formula: ChannelFormula, opacity: number, over: number): void {
  for (let start = 0; start < b.length; start += runPx * 4) {
    const end = Math.min(start + runPx * 4, b.length);
    readStraight(b, start, end, backdropRun);
    readStraight(s, start, end, sourceRun);
    formula(backdropRun, sourceRun, ((end - start) / 4) * 3);
    mixRun(b, s, start, end, opacity, over);
  }
}

function readStraight(from: Float32Array, start: number, end: number, to: Float32Array): void {
  for (let i = start, at = 0; i < end; i += 4, at += 3) {
    const alpha = from[i + 3];
    if (alpha === 1) {
      to[at] = from[i];
      to[at + 1] = from[i + 1];
      to[at + 2] = from[i + 2];
      continue;
    }
    const scale = alpha > 0 ? 1 / alpha : 0;
    to[at] = from[i] * scale;
    to[at + 1] = from[i + 1] * scale;
    to[at + 2] = from[i + 2] * scale;
  }
}

/** `sourceRun` holds the formula's result. */
function mixRun(b: Float32Array, s: Float32Array, start: number, end: number, opacity: number, over: number): void {
  for (let i = start, at = 0; i < end; i += 4, at += 3) {
    const alpha = s[i + 3] * opacity;
    const under = b[i + 3];
    const rest = 1 - alpha;
    if (under === 1) { // The same numbers: a factor of 0 and one of 1 left out.
      b[i] = b[i] * rest + alpha * sourceRun[at];
      b[i + 1] = b[i + 1] * rest + alpha * sourceRun[at + 1];
      b[i + 2] = b[i + 2] * rest + alpha * sourceRun[at + 2];
      continue;
    }
    const own = opacity * (1 - under) * over;
    const both = alpha * under;
    b[i] = s[i] * own + b[i] * rest + both * sourceRun[at];
    b[i + 1] = s[i + 1] * own + b[i + 1] * rest + both * sourceRun[at + 1];
    b[i + 2] = s[i + 2] * own + b[i + 2] * rest + both * sourceRun[at + 2];
    b[i + 3] = under + alpha * (1 - under) * over;
  }
}

function blendColours(b: Float32Array, s: Float32Array, formula: ColourFormula, opacity: number, over: number): void {
  const mixed = new Float64Array(3);
  for (let i = 0; i < b.length; i += 4) {
    const sourceAlpha = s[i + 3];
    const alpha = sourceAlpha * opacity;
    if (alpha === 0) continue;
    const under = b[i + 3];
    const rest = 1 - alpha;
    const own = opacity * (1 - under) * over;
    const both = alpha * under;
    const perUnder = under > 0 ? 1 / under : 0;
    const perSource = 1 / sourceAlpha;
    formula(b[i] * perUnder, b[i + 1] * perUnder, b[i + 2] * perUnder, s[i] * perSource, s[i + 1] * perSource, s[i + 2] * perSource, mixed);
    b[i] = s[i] * own + b[i] * rest + both * mixed[0];
    b[i + 1] = s[i + 1] * own + b[i + 1] * rest + both * mixed[1];
    b[i + 2] = s[i + 2] * own + b[i + 2] * rest + both * mixed[2];
    b[i + 3] = under + alpha * (1 - under) * over;
  }
}
