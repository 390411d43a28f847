// Paints with one set of weights: one code, or several placed by soft masks, in one pass.
import type { Extent } from '../../../contract/image.ts';
import { StudioError } from '../../../contract/fault.ts';
import type { GeneratorSpec } from '../../../contract/style.ts';
import { rulesFor } from '../../onnx/device-rules.ts';
import { haloOf, strideProduct } from '../../networks/generator.ts';
import { noiseField } from '../../networks/noise-field.ts';
import type { Feeds, Session, SessionFactory, SessionOptions } from '../../runtime/session.ts';
import { tensor, type Tensor } from '../../tensor/tensor.ts';
import type { StyleRunner, WindowInput } from '../style-engine.ts';
import { foldedModel, type FrozenStatistics } from './folded-graph.ts';
import { placeMasks, uncovered } from './masks.ts';
import { mirrorPad } from './mirror-pad.ts';
import { preparationOf, thawedPreparation, type Preparation, type PreparationSetup } from './preparation.ts';
import { sessionShelf } from './session-shelf.ts';
import { frozenStatistics, measureModel, statisticsTable, thawedStatistics } from './statistics.ts';

export interface GlazeSetup extends PreparationSetup {
  readonly generator: GeneratorSpec;
  readonly weights: Float32Array;
  readonly codes: readonly Float32Array[];
  readonly learnedSizePx: number;
  readonly noise: number;
  readonly sessions: SessionFactory;
  readonly options: SessionOptions;
  /** Window sizes whose sessions stay open. A pass has windows of one size; kept from pass to pass, they would make memory grow with the picture. */
  readonly mostSessions?: number;
  /** One session for windows of every size, for one code on the CPU: as fast and bit for bit the same; masks are added up in another order. */
  readonly manySizes?: boolean;
}

/** A runner over fixed weights. Windows of one size share a session. */
export function glazeRunner(setup: GlazeSetup): StyleRunner {
  const shelf = sessionShelf(setup.mostSessions ?? 1);
  const anySize = setup.manySizes === true && setup.options.provider === 'cpu' && setup.codes.length === 1;
  let statistics: FrozenStatistics | undefined;
  let prepared: Preparation | undefined;
  const { threads = 0 } = setup.options;
  const open = async (window: Extent, options = setup.options): Promise<Session> => {
    if (!statistics) throw new StudioError('internal', { reason: 'a window was painted before the picture was measured' });
    return setup.sessions.open(foldedModel({ ...setup, statistics, window, anySize, rules: rulesFor(options.provider) }), options);
  };
  return {
    tiling: { haloPx: haloOf(setup.generator), multiple: strideProduct, ...(anySize && { anySize }) },
    learnedSize: setup.learnedSizePx,
    async measure(thumbnail, masks, over = 'picture') {
      await shelf.clear();
      const preparation = over === 'picture' ? preparationOf(setup, thumbnail) : undefined;
      statistics = await measure(setup, preparation, thumbnail, placedBy(setup, masks));
      prepared = preparation;
    },
    freeze: () => ({ ...(statistics && statisticsTable(statistics)), ...prepared?.freeze() }),
    async thaw(table) {
      const [thawed, preparation] = [thawedStatistics(setup.generator, table), thawedPreparation(setup, table)];
      await shelf.clear();
      statistics = thawed;
      prepared = preparation;
    },
    async paint(window) {
      const [, , height, width] = window.picture.shape;
      const use = (key: string, options = setup.options): Promise<Tensor> => shelf.use(key, () => open({ width, height }, options), (session) => paintWindow(setup, session, window, prepared));
      if (!anySize) return use(`${width}×${height}`);
      // the bits are the same on any number of threads
      return window.quietly && threads > 1 ? use('quiet', { ...setup.options, threads: threads - 1 }) : use('any', { ...setup.options, spinning: true, calmBetweenRuns: true });
    },
    close: () => shelf.clear(),
  };
}

/** Masks as a pass with several codes needs them; a single code lies everywhere. */
function placedBy({ codes }: GlazeSetup, masks: Tensor | undefined): Tensor | undefined {
  return masks && codes.length > 1 ? placeMasks(masks) : undefined;
}

/** The whole picture at preview size, mirrored outward as the tiles will be, with live statistics. */
async function measure(setup: GlazeSetup, preparation: Preparation | undefined, thumbnail: Tensor, placed: Tensor | undefined): Promise<FrozenStatistics> {
  const [, , height, width] = thumbnail.shape;
  const frame = { width, height };
  const halo = haloOf(setup.generator);
  const seen = preparation ? preparation.over({ picture: thumbnail, place: { x: 0, y: 0, ...frame }, frame }, placed) : thumbnail;
  const picture = mirrorPad(seen, halo, strideProduct);
  const [, , paddedHeight, paddedWidth] = picture.shape;
  const place = { x: -halo, y: -halo, width: paddedWidth, height: paddedHeight };
  const noise = noiseField({ seed: setup.seed, strength: setup.noise, place, frame, learnedSizePx: setup.learnedSizePx });
  const masks: Feeds = placed ? { masks: mirrorPad(placed, halo, strideProduct) } : {};
  const session = await setup.sessions.open(measureModel({ ...setup, width: paddedWidth, height: paddedHeight, rules: rulesFor(setup.options.provider) }), setup.options);
  try {
    return frozenStatistics(setup.generator, await session.run({ picture, noise, ...masks }));
  } finally {
    await session.release();
  }
}

/** What masks leave uncovered is the picture itself, unprepared. */
async function paintWindow(setup: GlazeSetup, session: Session, window: WindowInput, preparation: Preparation | undefined): Promise<Tensor> {
  const { picture, place, frame, masks } = window;
  const placed = placedBy(setup, masks);
  const seen = preparation ? preparation.over(window, placed) : picture;
  const noise = noiseField({ seed: setup.seed, strength: setup.noise, place, frame, learnedSizePx: setup.learnedSizePx });
  const { painted } = await session.run({ picture: seen, noise, ...(placed && { masks: placed }) });
  const result = tensor(picture.shape, painted.data as Float32Array);
  return masks ? uncovered(result, picture, masks) : result;
}
