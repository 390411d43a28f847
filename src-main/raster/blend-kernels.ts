// The loops of every channel mode, compiled from the table of formulas to WebAssembly: one pixel's four floats a turn.
import { channelFormulas, type ChannelFormula, type ChannelMode } from './blend.ts';
import { add, alphaOf, compiled, divide, isGreater, multiply, subtract, variable, where, withAlpha, type Lanes } from './lanes.ts';
import { instructions, wasmModule, type WasmFunction, type WasmType } from './wasm-module.ts';

/** Pixels that are blended at a time: few enough to stay in the processor's own memory. */
export const runPx = 8192;

const pixelBytes = 16;
const sourceAt = runPx * pixelBytes;
const pageBytes = 65536;
const parameters = { backdrop: 0, source: 1, count: 2, opacity: 3, over: 4 };
const parameterTypes: readonly WasmType[] = ['i32', 'i32', 'i32', 'f32', 'f32'];

/** Blended colours of premultiplied ones. `opacity` and `over`: the same in all lanes. */
type Mix = (formula: ChannelFormula | undefined, backdrop: Lanes, source: Lanes, opacity: Lanes, over: Lanes) => Lanes;

/** Straight colours of premultiplied ones; 0 where nothing is. */
const straightOf = (pixel: Lanes, alpha: Lanes): Lanes => where(isGreater(alpha, 0), divide(pixel, alpha), 0);

// Both: W3C Compositing and Blending Level 1, sections 5.8, 5.9 and 10; the alpha of an opaque backdrop stays 1 to the bit. No formula: `normal`.

const mixStraight: Mix = (formula, backdrop, source, opacity) => {
  const [alpha, under] = [multiply(alphaOf(source), opacity), alphaOf(backdrop)];
  const own = multiply(alpha, subtract(1, under));
  const beneath = multiply(backdrop, subtract(1, alpha));
  if (!formula) return withAlpha(add(multiply(source, alpha), beneath), add(under, own));
  const mixed = multiply(multiply(alpha, under), formula(straightOf(backdrop, under), source));
  return withAlpha(add(add(multiply(source, own), beneath), mixed), add(under, own));
};

const mixPremultiplied: Mix = (formula, backdrop, source, opacity, over) => {
  const [sourceAlpha, under] = [alphaOf(source), alphaOf(backdrop)];
  const alpha = multiply(sourceAlpha, opacity);
  const bare = multiply(subtract(1, under), over);
  const own = multiply(opacity, bare);
  const beneath = multiply(backdrop, subtract(1, alpha));
  if (!formula) return withAlpha(add(multiply(source, multiply(opacity, add(under, bare))), beneath), add(under, multiply(sourceAlpha, own)));
  const mixed = multiply(multiply(alpha, under), formula(straightOf(backdrop, under), straightOf(source, sourceAlpha)));
  return withAlpha(add(add(multiply(source, own), beneath), mixed), add(under, multiply(sourceAlpha, own)));
};

/** `source` leaves the source's pixel, `step` bytes from the last, whose address is on the stack. */
function kernel(name: string, formula: ChannelFormula | undefined, mix: Mix, source: readonly number[], step: number): WasmFunction {
  const { getLocal, setLocal, teeLocal, integer, addIntegers, splat, loadLanes, storeLanes, repeat } = instructions;
  const locals: WasmType[] = [];
  const local = (): number => parameterTypes.length + locals.push('v128') - 1;
  const [backdropPixel, sourcePixel, opacity, over] = [local(), local(), local(), local()];
  const advance = (parameter: number, bytes: number): number[] => [...getLocal(parameter), ...integer(bytes), ...addIntegers, ...setLocal(parameter)];
  const turn = [
    ...[...getLocal(parameters.backdrop), ...loadLanes, ...setLocal(backdropPixel)],
    ...[...getLocal(parameters.source), ...source, ...setLocal(sourcePixel)],
    ...[...getLocal(parameters.backdrop), ...compiled(mix(formula, variable(backdropPixel), variable(sourcePixel), variable(opacity), variable(over)), local), ...storeLanes],
    ...advance(parameters.backdrop, pixelBytes),
    ...advance(parameters.source, step),
    ...[...getLocal(parameters.count), ...integer(-1), ...addIntegers, ...teeLocal(parameters.count)],
  ];
  const body = [...getLocal(parameters.opacity), ...splat, ...setLocal(opacity), ...getLocal(parameters.over), ...splat, ...setLocal(over), ...repeat(turn)];
  return { name, params: parameterTypes, locals, body };
}

const loadStraight = [...instructions.loadBytes, ...instructions.bytesToFloats, ...instructions.floats([1, 1, 1, 1].map((one) => one / 255)), ...instructions.multiply];

function kernelsOf(mode: ChannelMode): WasmFunction[] {
  const formula = mode === 'normal' ? undefined : channelFormulas[mode];
  return [kernel(`bytes ${mode}`, formula, mixStraight, loadStraight, 4), kernel(`floats ${mode}`, formula, mixPremultiplied, instructions.loadLanes, pixelBytes)];
}

type Kernel = (backdrop: number, source: number, count: number, opacity: number, over: number) => void;

/** What every host of this program has, and this folder's types do not know. */
const { WebAssembly: wasm } = globalThis as unknown as {
  readonly WebAssembly: {
    readonly Module: new (bytes: Uint8Array) => object;
    readonly Instance: new (module: object) => { readonly exports: Readonly<Record<string, Kernel>> & { readonly memory: { readonly buffer: ArrayBuffer } } };
  };
};

const module = wasmModule(Math.ceil((2 * sourceAt) / pageBytes), (Object.keys(channelFormulas) as ChannelMode[]).flatMap(kernelsOf));
const { exports } = new wasm.Instance(new wasm.Module(module));
const kernelOf = (name: string): Kernel => exports[name] as Kernel;

/** Memory that is blended in, premultiplied RGBA in [0,1]; the result replaces it. Written and read within one call. */
export const backdropRun = new Float32Array(exports.memory.buffer, 0, runPx * 4);
/** What is laid over it: the same, */
export const sourceRun = new Float32Array(exports.memory.buffer, sourceAt, runPx * 4);
/** or straight RGBA of 8 bit. */
export const sourceBytes = new Uint8Array(exports.memory.buffer, sourceAt, runPx * 4);

/** Blends `count` (1 to runPx) pixels of `sourceBytes` onto `backdropRun`; `opacity` in [0,1] scales the source. */
export function blendBytes(mode: ChannelMode, count: number, opacity: number): void {
  kernelOf(`bytes ${mode}`)(0, sourceAt, count, opacity, 1);
}

/** The same with `sourceRun`; `over` 0: the source shows only where the backdrop has paint, whose alpha stays; else 1. */
export function blendFloats(mode: ChannelMode, count: number, opacity: number, over: 0 | 1): void {
  kernelOf(`floats ${mode}`)(0, sourceAt, count, opacity, over);
}
