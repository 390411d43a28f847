// Weighted sums along the rows and the columns of planes, several at once: what scaling spends its time on.
import { assembleWasm, type WasmFunction } from './assemble-wasm.ts';

/** What each of some consecutive positions along an axis is the weighted sum of. */
export interface Taps {
  /** First source index of each position, on the whole frame. */
  readonly starts: Int32Array;
  /** `count` weights per position; padded with zeros, so that loops have one length. */
  readonly weights: Float64Array;
  readonly count: number;
  /** Source indexes [first, end) are used. */
  readonly first: number;
  readonly end: number;
}

/**
 * Planes [C,h,w], w and h as far as the taps go, summed along rows, then columns → [C, positions down, positions across].
 * Products and sums in double precision, tap after tap, rounded to single once per direction.
 */
export function weightedSums(planes: Float32Array, channels: number, across: Taps, down: Taps): Float32Array {
  const [width, height] = [across.end - across.first, down.end - down.first];
  const [targets, lines] = [across.starts.length, down.starts.length];
  const out = new Float32Array(channels * lines * targets);
  if (out.length === 0) return out;
  const run = kernels();
  const stride = upToFour(targets) * 4;
  const place = placesFrom(0);
  const [acrossStarts, acrossWeights] = [place(targets * 4), place(across.weights.byteLength)];
  const [downStarts, downWeights] = [place(lines * 4), place(down.weights.byteLength)];
  const source = place(upToFour(height) * width * 4 + 16);
  const narrow = place(upToFour(height) * stride);
  const result = place(lines * stride);
  const { words, singles, doubles } = run.room(place(0));
  across.starts.forEach((start, i) => (words[acrossStarts / 4 + i] = (start - across.first) * 4));
  down.starts.forEach((start, i) => (words[downStarts / 4 + i] = (start - down.first) * stride));
  doubles.set(across.weights, acrossWeights / 8);
  doubles.set(down.weights, downWeights / 8);
  for (let c = 0; c < channels; c++) {
    singles.set(planes.subarray(c * height * width, (c + 1) * height * width), source / 4);
    run.rows(source, width * 4, acrossStarts, acrossWeights, across.count, targets, narrow, stride, narrow + height * stride);
    run.columns(narrow, stride, downStarts, downWeights, down.count, result, result + lines * stride);
    takeLines(singles.subarray(result / 4, (result + lines * stride) / 4), stride / 4, out.subarray(c * lines * targets, (c + 1) * lines * targets), targets);
  }
  return out;
}

/** Lines of a stride laid close together. */
function takeLines(from: Float32Array, stride: number, to: Float32Array, width: number): void {
  if (stride === width) return to.set(from);
  for (let at = 0, start = 0; at < to.length; at += width, start += stride) to.set(from.subarray(start, start + width), at);
}

const upToFour = (count: number): number => Math.ceil(count / 4) * 4;

/** Hands out bytes one after another, from multiples of 16. */
function placesFrom(start: number): (bytes: number) => number {
  let next = start;
  return (bytes) => {
    const place = next;
    next = Math.ceil((place + bytes) / 16) * 16;
    return place;
  };
}

/** Four rows at once, so that lanes are rows; `plane` and `narrow` have rows to spare up to a multiple of four. */
const rows: WasmFunction = {
  name: 'rows',
  params: ['plane', 'stride', 'starts', 'weights', 'count', 'targets', 'narrow', 'narrowStride', 'end'],
  locals: { start: 'i32', from: 'i32', w: 'i32', wEnd: 'i32', to: 'i32', toEnd: 'i32', low: 'v128', high: 'v128', weight: 'v128' },
  text: `
    loop
      local.get starts; local.set start
      local.get weights; local.set w
      local.get narrow; local.tee to; local.get targets; i32.const 4; i32.mul; i32.add; local.set toEnd
      loop
        local.get plane; local.get start; i32.load; i32.add; local.set from
        local.get w; local.get count; i32.const 8; i32.mul; i32.add; local.set wEnd
        v128.zero; local.set low
        v128.zero; local.set high
        loop
          local.get w; v128.load64_splat; local.set weight
          local.get from; local.get stride; i32.add
          local.get from; v128.load32_zero; v128.load32_lane 1
          f64x2.promote_low_f32x4; local.get weight; f64x2.mul; local.get low; f64x2.add; local.set low
          local.get from; local.get stride; i32.const 3; i32.mul; i32.add
          local.get from; local.get stride; i32.const 2; i32.mul; i32.add; v128.load32_zero; v128.load32_lane 1
          f64x2.promote_low_f32x4; local.get weight; f64x2.mul; local.get high; f64x2.add; local.set high
          local.get from; i32.const 4; i32.add; local.set from
          local.get w; i32.const 8; i32.add; local.tee w; local.get wEnd; i32.lt_u; br_if 0
        end
        local.get low; f32x4.demote_f64x2_zero; local.set low
        local.get high; f32x4.demote_f64x2_zero; local.set high
        local.get to; local.get low; v128.store32_lane 0
        local.get to; local.get narrowStride; i32.add; local.get low; v128.store32_lane 1
        local.get to; local.get narrowStride; i32.const 2; i32.mul; i32.add; local.get high; v128.store32_lane 0
        local.get to; local.get narrowStride; i32.const 3; i32.mul; i32.add; local.get high; v128.store32_lane 1
        local.get start; i32.const 4; i32.add; local.set start
        local.get to; i32.const 4; i32.add; local.tee to; local.get toEnd; i32.lt_u; br_if 0
      end
      local.get plane; local.get stride; i32.const 4; i32.mul; i32.add; local.set plane
      local.get narrow; local.get narrowStride; i32.const 4; i32.mul; i32.add; local.tee narrow; local.get end; i32.lt_u; br_if 0
    end`,
};

/** Four neighbours of a line at once; a stride is a multiple of four. */
const columns: WasmFunction = {
  name: 'columns',
  params: ['narrow', 'stride', 'starts', 'weights', 'count', 'out', 'end'],
  locals: { x: 'i32', from: 'i32', w: 'i32', wEnd: 'i32', row: 'i32', low: 'v128', high: 'v128', four: 'v128', weight: 'v128' },
  text: `
    loop
      local.get narrow; local.get starts; i32.load; i32.add; local.set row
      local.get weights; local.get count; i32.const 8; i32.mul; i32.add; local.set wEnd
      i32.const 0; local.set x
      loop
        local.get row; local.get x; i32.add; local.set from
        local.get weights; local.set w
        v128.zero; local.set low
        v128.zero; local.set high
        loop
          local.get w; v128.load64_splat; local.set weight
          local.get from; v128.load; local.tee four
          f64x2.promote_low_f32x4; local.get weight; f64x2.mul; local.get low; f64x2.add; local.set low
          local.get four; local.get four; i8x16.shuffle 8 9 10 11 12 13 14 15 0 1 2 3 4 5 6 7
          f64x2.promote_low_f32x4; local.get weight; f64x2.mul; local.get high; f64x2.add; local.set high
          local.get from; local.get stride; i32.add; local.set from
          local.get w; i32.const 8; i32.add; local.tee w; local.get wEnd; i32.lt_u; br_if 0
        end
        local.get out; local.get x; i32.add
        local.get low; f32x4.demote_f64x2_zero; local.get high; f32x4.demote_f64x2_zero
        i8x16.shuffle 0 1 2 3 4 5 6 7 16 17 18 19 20 21 22 23
        v128.store
        local.get x; i32.const 16; i32.add; local.tee x; local.get stride; i32.lt_u; br_if 0
      end
      local.get starts; i32.const 4; i32.add; local.set starts
      local.get wEnd; local.set weights
      local.get out; local.get stride; i32.add; local.tee out; local.get end; i32.lt_u; br_if 0
    end`,
};

interface Kernels {
  /** At least so many bytes of memory, as numbers; good until it is called again. */
  room(bytes: number): { readonly words: Int32Array; readonly singles: Float32Array; readonly doubles: Float64Array };
  rows(...places: number[]): void;
  columns(...places: number[]): void;
}

const pageBytes = 65_536;
let kept: Kernels | undefined;

function kernels(): Kernels {
  if (kept) return kept;
  const memory = new WebAssembly.Memory({ initial: 16 });
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(assembleWasm([rows, columns])), { shared: { memory } });
  const room: Kernels['room'] = (bytes) => {
    const missing = bytes - memory.buffer.byteLength;
    if (missing > 0) memory.grow(Math.ceil(missing / pageBytes));
    const { buffer } = memory;
    return { words: new Int32Array(buffer), singles: new Float32Array(buffer), doubles: new Float64Array(buffer) };
  };
  kept = { room, rows: exports['rows'] as Kernels['rows'], columns: exports['columns'] as Kernels['columns'] };
  return kept;
}
