// Blends one surface onto another: W3C source-over with any blend mode, on premultiplied values.
import type { BlendMode } from '../contract/document.ts';
import { colourFormulas, isChannelMode, type ChannelMode, type ColourFormula } from './blend.ts';
import { backdropRun, blendFloats, runPx, sourceRun } from './blend-kernels.ts';
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
  if (isChannelMode(mode)) blendChannels(backdrop.data, source.data, mode, opacity, atop ? 0 : 1);
  else blendColours(backdrop.data, source.data, colourFormulas[mode], opacity, atop ? 0 : 1);
}

function blendChannels(b: Float32Array, s: Float32Array, mode: ChannelMode, opacity: number, over: 0 | 1): void {
  for (let start = 0; start < b.length; start += runPx * 4) {
    const end = Math.min(start + runPx * 4, b.length);
    backdropRun.set(b.subarray(start, end));
    sourceRun.set(s.subarray(start, end));
    blendFloats(mode, (end - start) / 4, opacity, over);
    b.set(backdropRun.subarray(0, end - start), start);
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
