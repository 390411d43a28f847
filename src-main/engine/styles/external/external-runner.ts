// Paints windows with a foreign network; statistics of the whole picture are frozen once they were measured.
import { StudioError } from '../../../contract/fault.ts';
import type { Feeds, Session, SessionFactory, SessionOptions } from '../../runtime/session.ts';
import type { TensorTable } from '../../tensor/safetensors.ts';
import { tensor, type AnyTensor, type Tensor } from '../../tensor/tensor.ts';
import type { StyleRunner, TilingNeeds, WindowInput } from '../style-engine.ts';
import { extentOf, packPicture, unpackPicture } from './convention.ts';
import { notesOn, type NetworkDescription, type Note } from './description.ts';
import type { FreezePlan } from './freeze-statistics.ts';
import { acceptedExtent, mirroredTo } from './mirror.ts';
import type { PicturePorts } from './picture-ports.ts';
import type { SizeRule } from './trial.ts';

/** Measuring runs the live network untiled, so its memory bounds the thumbnail. */
const largestMeasuredPx = 1024;

/** Everything a runner paints with. It closes the sessions. */
export interface ExternalParts {
  readonly description: NetworkDescription;
  readonly ports: PicturePorts;
  readonly sizes: SizeRule;
  /** Inputs besides the picture. */
  readonly extra: Feeds;
  readonly live: Session;
  readonly freezing?: { readonly plan: FreezePlan; readonly measuring: Session };
  readonly sessions: SessionFactory;
  readonly options: SessionOptions;
}

export class ExternalRunner implements StyleRunner {
  readonly description: NetworkDescription;
  readonly tiling: TilingNeeds;
  readonly learnedSize: number;
  /** Statistics of a smaller copy shift the tone of these networks, so they are measured at the size they are painted at. */
  readonly measuredSize: number;
  readonly #parts: ExternalParts;
  #frozen: Session | undefined;
  #statistics: TensorTable = {};

  constructor(parts: ExternalParts) {
    this.#parts = parts;
    this.description = parts.description;
    this.learnedSize = parts.description.learnedSizePx;
    this.measuredSize = Math.min(largestMeasuredPx, this.learnedSize);
    const { haloPx, multiple, fixed } = parts.description;
    this.tiling = { haloPx, multiple, ...(fixed ? { fixed } : {}) };
  }

  /** What the artist should know, by message key. */
  get notes(): readonly Note[] {
    return notesOn(this.description);
  }

  async measure(thumbnail: Tensor): Promise<void> {
    const { freezing, sizes, ports } = this.#parts;
    if (!freezing) return;
    const size = acceptedExtent(extentOf(thumbnail.shape, 'nchw'), { ...sizes, ...(ports.fixed ? { fixed: ports.fixed } : {}) });
    const measured = await this.#run(freezing.measuring, mirroredTo(thumbnail, size));
    await this.thaw(Object.fromEntries(freezing.plan.statistics.map((name) => [name, owned(measured[name] as Tensor)])));
  }

  freeze(): TensorTable {
    return this.#statistics;
  }

  async thaw(statistics: TensorTable): Promise<void> {
    const { freezing, sessions, options } = this.#parts;
    if (!freezing) return;
    if (!freezing.plan.statistics.every((name) => statistics[name])) throw new StudioError('asset.corrupt', { asset: 'statistics' });
    const frozen = await sessions.open(freezing.plan.freeze(statistics), options);
    await this.#frozen?.release();
    this.#frozen = frozen;
    this.#statistics = statistics;
  }

  async paint({ picture }: WindowInput): Promise<Tensor> {
    const { ports, live, description } = this.#parts;
    const results = await this.#run(this.#frozen ?? live, picture);
    const painted = unpackPicture(results[ports.output.name]!, ports.output, description.output);
    if (painted.shape.join() !== picture.shape.join()) {
      throw new StudioError('tensor.shape-mismatch', { expected: picture.shape.join('×'), got: painted.shape.join('×') });
    }
    return painted;
  }

  async close(): Promise<void> {
    const { live, freezing } = this.#parts;
    await this.#frozen?.release();
    await freezing?.measuring.release();
    await live.release();
  }

  #run(session: Session, picture: Tensor): Promise<Record<string, AnyTensor>> {
    const { ports, extra, description } = this.#parts;
    return session.run({ ...extra, [ports.input.name]: packPicture(picture, ports.input, description.input) });
  }
}

/** A copy: the runtime may use its own memory again. */
function owned({ shape, data }: Tensor): Tensor {
  return tensor(shape, data.slice());
}
