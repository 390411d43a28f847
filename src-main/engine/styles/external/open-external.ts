// Opens a style network that somebody else made: finds out what it wants, and answers with a runner.
import { StudioError } from '../../../contract/fault.ts';
import { GraphIndex } from '../../onnx/graph-index.ts';
import { parseModel, type ParsedModel } from '../../onnx/parse.ts';
import { probeTolerance } from '../../runtime/device.ts';
import type { Feeds, Provider, Session, SessionFactory, SessionOptions } from '../../runtime/session.ts';
import { packPicture, unpackPicture, type ChannelOrder } from './convention.ts';
import type { NetworkDescription } from './description.ts';
import { detectConvention, type DetectedConvention } from './detect-convention.ts';
import { ExternalRunner } from './external-runner.ts';
import { planFreezing, type FreezePlan } from './freeze-statistics.ts';
import { picturePorts, type PicturePorts } from './picture-ports.ts';
import { receptiveField, type ReceptiveField } from './receptive-field.ts';
import { statedFacts, type StatedFacts } from './stated-facts.ts';
import { trySizes, type Bench, type SizeRule } from './trial.ts';
import { trialPicture } from './trial-picture.ts';

export interface ExternalOptions {
  readonly sessions: SessionFactory;
  readonly provider: Provider;
  readonly threads?: number;
  /** Overrides what the file says. */
  readonly channels?: ChannelOrder;
}

/** Side in px at which foreign networks are taken to be at home when they do not say: what most were shown at. */
const assumedLearnedSizePx = 720;
/** Halo where the reach is hidden or the whole picture matters. */
const wideHaloPx = 128;
const trialSide = 128;

/**
 * A runner for an image-to-image network; `file` is its name for messages. Detection runs on the CPU.
 * Throws network.corrupt | network.too-large | network.external-data | network.custom-operator |
 * network.not-an-image-network, and session.rejected when the provider disagrees with the CPU.
 */
export async function openExternal(bytes: Uint8Array, file: string, options: ExternalOptions): Promise<ExternalRunner> {
  const parsed = parseModel(bytes, file);
  const ports = picturePorts(parsed.summary, file);
  const [other] = ports.others;
  if (other) throw new StudioError('network.not-an-image-network', { file, reason: `it also needs “${other.name}”, which a second network gives (--predictor)` });
  return openWithExtra(parsed, bytes, file, ports, {}, options);
}

/** The same for a network whose other inputs are already known. */
export async function openWithExtra(parsed: ParsedModel, bytes: Uint8Array, file: string, ports: PicturePorts, extra: Feeds, options: ExternalOptions): Promise<ExternalRunner> {
  const index = new GraphIndex(parsed.model);
  const stated = statedFacts(parsed.summary);
  const opened: Session[] = [];
  try {
    const reference = await openOnCpu(bytes, file, options);
    opened.push(reference);
    const bench = { session: reference, ports, extra };
    const { sizes, detected } = await detect(index, bench, stated, options.channels, file);
    const sessionOptions = { provider: options.provider, ...(options.threads === undefined ? {} : { threads: options.threads }) };
    const freezing = await prepareFreezing(parsed, ports, options.sessions, sessionOptions);
    if (freezing) opened.push(freezing.measuring);
    const field = receptiveField(freezing ? new GraphIndex(freezing.plan.skeleton) : index, ports.input.name, ports.output.name);
    const live = options.provider === 'cpu' ? reference : await openTrusted(bytes, bench, detected, sessionOptions, options.sessions);
    if (live !== reference) await reference.release();
    const description = describe(parsed, file, ports, detected, stated, sizes, field, !!freezing);
    return new ExternalRunner({ description, ports, sizes, extra, live, ...(freezing ? { freezing } : {}), sessions: options.sessions, options: sessionOptions });
  } catch (thrown) {
    for (const session of opened) await session.release();
    throw thrown;
  }
}

/** What the CPU refuses, nobody accepts: the file is at fault. */
export async function openOnCpu(bytes: Uint8Array, file: string, { sessions, threads }: ExternalOptions): Promise<Session> {
  try {
    return await sessions.open(bytes, { provider: 'cpu', ...(threads === undefined ? {} : { threads }) });
  } catch (thrown) {
    if (!(thrown instanceof StudioError) || thrown.code !== 'session.rejected') throw thrown;
    const reason = String(thrown.details.reason);
    const unknown = /No Op registered for (\S+)|(\S+)\(-?\d+\) is not a registered function/.exec(reason);
    if (unknown) throw new StudioError('network.custom-operator', { file, operator: (unknown[1] ?? unknown[2])! }, { cause: thrown });
    throw new StudioError('network.corrupt', { file, reason }, { cause: thrown });
  }
}

async function detect(index: GraphIndex, bench: Bench, stated: StatedFacts, channels: ChannelOrder | undefined, file: string): Promise<{ sizes: SizeRule; detected: DetectedConvention }> {
  const guess = { range: stated.range ?? '0..255', channels: 'rgb' } as const;
  const { fixed } = bench.ports;
  const sizes = fixed ? { multiple: 1, smallest: 1 } : await trySizes(bench, guess, file);
  const side = Math.max(trialSide, sizes.smallest);
  const detected = await detectConvention(index, bench, fixed ?? { width: side, height: side }, { ...stated, ...(channels ? { chosenChannels: channels } : {}) }, file);
  return { sizes, detected };
}

/** Undefined where nothing is to be frozen, or where the runtime does not take the rewritten graph (half precision inside). */
async function prepareFreezing(parsed: ParsedModel, ports: PicturePorts, sessions: SessionFactory, options: SessionOptions): Promise<{ plan: FreezePlan; measuring: Session } | undefined> {
  const plan = planFreezing(parsed.model, ports.input.name);
  if (!plan) return undefined;
  try {
    return { plan, measuring: await sessions.open(plan.measuring, options) };
  } catch (thrown) {
    if (thrown instanceof StudioError && thrown.code === 'session.rejected') return undefined;
    throw thrown;
  }
}

/** A session on a provider that paints the trial picture as the CPU does. Throws session.rejected. */
async function openTrusted(bytes: Uint8Array, bench: Bench, detected: DetectedConvention, options: SessionOptions, sessions: SessionFactory): Promise<Session> {
  const { ports, extra } = bench;
  const picture = trialPicture(ports.fixed ?? { width: trialSide, height: trialSide });
  const feeds = { ...extra, [ports.input.name]: packPicture(picture, ports.input, detected.input) };
  const session = await sessions.open(bytes, options);
  try {
    const [got, expected] = [await session.run(feeds), await bench.session.run(feeds)].map((results) => unpackPicture(results[ports.output.name]!, ports.output, detected.output));
    const error = got!.data.reduce((largest, value, i) => Math.max(largest, Math.abs(value - expected!.data[i]!)), 0);
    if (!(error <= probeTolerance)) throw new StudioError('session.rejected', { provider: options.provider, reason: `it paints other pictures than the CPU: off by ${error.toPrecision(2)}` });
    return session;
  } catch (thrown) {
    await session.release();
    throw thrown;
  }
}

function describe(
  parsed: ParsedModel,
  file: string,
  ports: PicturePorts,
  detected: DetectedConvention,
  stated: StatedFacts,
  sizes: SizeRule,
  field: ReceptiveField,
  frozen: boolean,
): NetworkDescription {
  const fixedSide = ports.fixed && Math.max(ports.fixed.width, ports.fixed.height);
  // A fixed window must keep room for its core.
  const widest = ports.fixed ? Math.floor(Math.min(ports.fixed.width, ports.fixed.height) / 4) : Infinity;
  const exact = !field.global && field.certain && field.radiusPx <= widest;
  return {
    file,
    producer: parsed.summary.producer,
    opset: parsed.summary.opset,
    weights: parsed.summary.weights,
    layout: ports.input.layout,
    type: ports.input.type,
    ...detected,
    ...(ports.fixed ? { fixed: ports.fixed } : {}),
    multiple: leastCommonMultiple(sizes.multiple, field.stride),
    haloPx: exact ? field.radiusPx : Math.min(widest, Math.max(wideHaloPx, field.radiusPx)),
    tiles: !exact ? 'near' : frozen ? 'frozen' : 'exact',
    learnedSizePx: stated.learnedSizePx ?? fixedSide ?? assumedLearnedSizePx,
    learnedSizeEvidence: stated.learnedSizePx ? 'stated' : fixedSide ? 'graph' : 'assumed',
  };
}

function leastCommonMultiple(a: number, b: number): number {
  let [x, y] = [a, b];
  while (y > 0) [x, y] = [y, x % y];
  return (a / x) * b;
}

