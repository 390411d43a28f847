// Speed of the training step beside a large matrix product of the same runtime, run in turn in one process. Prints JSON.
// npm run bench -- train-step [--steps 24] [--sizes 160,256] [--threads 1,2] [--depths refine,paint] [--features FILE]
import { existsSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { TeachRequest } from '../src-main/contract/teaching.ts';
import type { Depth } from '../src-main/contract/training.ts';
import { gemm, input } from '../src-main/engine/graph/ops/index.ts';
import { codeLayout, defaultGenerator, generatorLayout } from '../src-main/engine/networks/generator.ts';
import { startVector } from '../src-main/engine/networks/parameters.ts';
import { defaultDiscriminator, discriminatorLayout } from '../src-main/engine/networks/patch-discriminator.ts';
import { emit } from '../src-main/engine/onnx/emit.ts';
import { createOrtSessions } from '../src-main/engine/runtime/ort-node.ts';
import type { Session, SessionOptions } from '../src-main/engine/runtime/session.ts';
import { createRandom } from '../src-main/engine/tensor/random.ts';
import { sizeOf, tensor, type Tensor } from '../src-main/engine/tensor/tensor.ts';
import { readFeatureModel, styleScales } from '../src-main/engine/training/feature-model.ts';
import { trainingRules } from '../src-main/engine/training/blocked-layout.ts';
import { patchRule } from '../src-main/engine/training/phase-run.ts';
import { stepGraph } from '../src-main/engine/training/step-graph.ts';
import { cropMarginPx, phaseOf } from '../src-main/services/teach/teach-plan.ts';
import { flopsOf } from './flops.ts';
import { machine, median } from './machine.ts';

const { values } = parseArgs({
  options: {
    steps: { type: 'string', default: '24' },
    sizes: { type: 'string', default: '160,256' },
    threads: { type: 'string', default: '1,2' },
    depths: { type: 'string', default: 'refine,paint' },
    recipes: { type: 'string', default: 'default,plain' },
    features: { type: 'string' },
  },
});

/** The recipe as it ships, and the plain one of earlier measurements: style at one size only, no margin. */
const recipes: Readonly<Record<string, { readonly marginPx: number; readonly styleScales: readonly number[] }>> = {
  default: { marginPx: cropMarginPx, styleScales },
  plain: { marginPx: 0, styleScales: [1] },
};
/** A request that leaves everything at its default. */
const noWishes: TeachRequest = {
  paintings: [],
  name: '',
  features: '',
  base: 'none',
  seed: 1,
  resume: false,
  out: '',
  threads: 1,
};
/** Side of the matrix product. */
const matrixSide = 1536;
const matrixFlops = 2 * matrixSide ** 3;
const warmUpRuns = 3;

const featuresPath =
  values.features ?? process.env.VELATURA_FEATURES ?? '../shared/data/percept/squeezenet1_1-features.onnx';
if (existsSync(featuresPath)) await measureAll();
else {
  process.stderr.write(
    `There is no feature network at ${featuresPath}; name one with --features or VELATURA_FEATURES.\n`,
  );
  process.exitCode = 1;
}

/** Milliseconds of one run: on the clock, and of the processor's time over all threads. */
interface Timing {
  readonly wallMs: number;
  readonly cpuMs: number;
}

interface Measured {
  readonly recipe: string;
  readonly depth: Depth;
  readonly cropPx: number;
  readonly threads: number;
  readonly gflop: number;
  readonly stepMs: number;
  readonly stepCpuMs: number;
  readonly gflops: number;
  readonly matrixGflops: number;
  /** Speed relative to the matrix product's: by the clock, and by processor time (robust on a busy machine; one thread only). */
  readonly share: number;
  readonly cpuShare: number;
}

async function measureAll(): Promise<void> {
  const features = readFeatureModel(readFileSync(featuresPath), featuresPath);
  const results: Measured[] = [];
  for (const threads of list(values.threads).map(Number)) {
    for (const cropPx of list(values.sizes).map(Number)) {
      for (const recipe of list(values.recipes)) {
        for (const depth of list(values.depths))
          results.push(await measure(features, recipe, depth as Depth, cropPx, threads));
      }
    }
  }
  process.stdout.write(
    `${JSON.stringify({ bench: 'train-step', machine: machine(), matrixSide, steps: Number(values.steps), results }, null, 2)}\n`,
  );
}

async function measure(
  features: ReturnType<typeof readFeatureModel>,
  recipe: string,
  depth: Depth,
  cropPx: number,
  threads: number,
): Promise<Measured> {
  const graph = stepGraph({
    ...patchRule,
    ...recipes[recipe],
    depth,
    cropPx,
    generator: defaultGenerator,
    discriminator: defaultDiscriminator,
    objective: 'hinge',
    weights: phaseOf(noWishes, depth, 1).weights,
    styles: 1,
    features: features.extract,
    styleLayers: features.styleLayers,
    contentLayers: features.contentLayers,
  });
  const flops = flopsOf(graph.descents);
  const side = [matrixSide, matrixSide];
  const options: SessionOptions = { provider: 'cpu', threads, spinning: threads > 1 };
  const sessions = createOrtSessions();
  const stepModel = emit(graph.outputs, { rules: await trainingRules('cpu', sessions) });
  const matrixModel = emit({ product: gemm(input('a', side), input('b', side), {}) });
  const [before, stepRun, after] = [await timed(matrixModel), await timed(stepModel), await timed(matrixModel)];
  const matrixRun = before.wallMs < after.wallMs ? before : after;

  /** One session at a time: the waiting threads of a second one would slow the first. */
  async function timed(model: Uint8Array) {
    const session = await sessions.open(model, options);
    const [run] = await timedInTurn([session], Number(values.steps));
    await session.release();
    return run;
  }
  const gflops = (flops / stepRun.wallMs) * 1e-6;
  const matrixGflops = (matrixFlops / matrixRun.wallMs) * 1e-6;
  return {
    recipe,
    depth,
    cropPx,
    threads,
    gflop: round(flops * 1e-9),
    stepMs: round(stepRun.wallMs),
    stepCpuMs: round(stepRun.cpuMs),
    gflops: round(gflops),
    matrixGflops: round(matrixGflops),
    share: round(gflops / matrixGflops),
    cpuShare: round(flops / stepRun.cpuMs / (matrixFlops / matrixRun.cpuMs)),
  };
}

/** Medians of each session's runs, the sessions taking turns; a step goes on from where the last one led. */
async function timedInTurn(sessions: readonly Session[], rounds: number): Promise<Timing[]> {
  const runs = sessions.map((session) => ({
    session,
    feeds: startOf(session.inputs),
    into: emptyOf(session.outputs),
    timings: [] as Timing[],
  }));
  for (let round = -warmUpRuns; round < rounds; round++) {
    for (const { session, feeds, into, timings } of runs) {
      const [start, cpu] = [performance.now(), process.cpuUsage()];
      await session.run(feeds, into);
      const { user, system } = process.cpuUsage(cpu);
      if (round >= 0) timings.push({ wallMs: performance.now() - start, cpuMs: (user + system) / 1000 });
      for (const name of Object.keys(feeds))
        if (`next.${name}` in into) [feeds[name], into[`next.${name}`]] = [into[`next.${name}`]!, feeds[name]!];
    }
  }
  return runs.map(({ timings }) => ({
    wallMs: median(timings.map(({ wallMs }) => wallMs)),
    cpuMs: median(timings.map(({ cpuMs }) => cpuMs)),
  }));
}

/** What training starts from, by port: fresh networks, moments at rest, pictures of noise. */
function startOf(ports: Session['inputs']): Record<string, Tensor> {
  const random = createRandom(1);
  const start: Readonly<Record<string, Float32Array>> = {
    weights: startVector(generatorLayout(defaultGenerator), random),
    code: startVector(codeLayout(defaultGenerator), random),
    critic: startVector(discriminatorLayout(defaultDiscriminator), random),
  };
  const draw = (name: string): (() => number) => {
    if (/^(content|patches|gram)/.test(name)) return () => random.uniform();
    if (name.startsWith('rate')) return () => 1e-4;
    if (/first|second/.test(name)) return () => 0;
    return /^(rms|decay)/.test(name) ? () => 1 : () => random.normal();
  };
  return Object.fromEntries(
    ports.map(({ name, shape }) => {
      const known = start[name.replace('.average', '')];
      return [
        name,
        tensor(
          shape.map(Number),
          known?.slice() ?? Float32Array.from({ length: sizeOf(shape.map(Number)) }, draw(name)),
        ),
      ];
    }),
  );
}

function emptyOf(ports: Session['outputs']): Record<string, Tensor> {
  return Object.fromEntries(ports.map(({ name, shape }) => [name, tensor(shape.map(Number))]));
}

function list(words: string): string[] {
  return words.split(',');
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
