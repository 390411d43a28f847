// Paints with one set of weights: one code, or several placed by soft masks, in one pass.
import type { Extent } from '../../../contract/image.ts';
import { StudioError } from '../../../contract/fault.ts';
import type { GeneratorSpec } from '../../../contract/style.ts';
import { lightingOf, relighter, type Lighting } from '../../image/lighting.ts';
import { rulesFor } from '../../onnx/device-rules.ts';
import { haloOf, strideProduct } from '../../networks/generator.ts';
import { noiseField } from '../../networks/noise-field.ts';
import type { Feeds, Session, SessionFactory, SessionOptions } from '../../runtime/session.ts';
import { tensor, type Tensor } from '../../tensor/tensor.ts';
import type { StyleRunner, WindowInput } from '../style-engine.ts';
import { foldedModel, type FrozenStatistics } from './folded-graph.ts';
import { lightingTable, thawedLighting } from './light-table.ts';
import { placeMasks, uncovered } from './masks.ts';
import { mirrorPad } from './mirror-pad.ts';
import { sessionShelf } from './session-shelf.ts';
import { frozenStatistics, measureModel, statisticsTable, thawedStatistics } from './statistics.ts';

export interface GlazeSetup {
  readonly generator: GeneratorSpec;
  readonly weights: Float32Array;
  readonly codes: readonly Float32Array[];
  readonly learnedSizePx: number;
  readonly seed: number;
  readonly noise: number;
  /** How far pictures are lit before they are painted, 0..1 (image/lighting.ts); 0 where absent. */
  readonly light?: number;
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
  let light: Light | undefined;
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
      const found = over === 'picture' ? lightBy(setup, () => lightingOf(thumbnail)) : undefined;
      statistics = await measure(setup, found ? found.over(wholeOf(thumbnail)) : thumbnail, masks);
      light = found;
    },
    freeze: () => ({ ...(statistics && statisticsTable(statistics)), ...(light && lightingTable(light.lighting)) }),
    async thaw(table) {
      const [thawed, lighting] = [thawedStatistics(setup.generator, table), thawedLighting(table)];
      await shelf.clear();
      statistics = thawed;
      light = lighting && lightBy(setup, () => lighting);
    },
    async paint(window) {
      const [, , height, width] = window.picture.shape;
      const use = (key: string, options = setup.options): Promise<Tensor> => shelf.use(key, () => open({ width, height }, options), (session) => paintWindow(setup, session, window, light ? light.over(window) : window.picture));
      if (!anySize) return use(`${width}×${height}`);
      // the bits are the same on any number of threads
      return window.quietly && threads > 1 ? use('quiet', { ...setup.options, threads: threads - 1 }) : use('any', { ...setup.options, spinning: true, calmBetweenRuns: true });
    },
    close: () => shelf.clear(),
  };
}

/** The whole picture at preview size, mirrored outward as the tiles will be, with live statistics. */
async function measure(setup: GlazeSetup, thumbnail: Tensor, masks: Tensor | undefined): Promise<FrozenStatistics> {
  const [, , height, width] = thumbnail.shape;
  const halo = haloOf(setup.generator);
  const picture = mirrorPad(thumbnail, halo, strideProduct);
  const [, , paddedHeight, paddedWidth] = picture.shape;
  const place = { x: -halo, y: -halo, width: paddedWidth, height: paddedHeight };
  const noise = noiseField({ seed: setup.seed, strength: setup.noise, place, frame: { width, height }, learnedSizePx: setup.learnedSizePx });
  const placed: Feeds = masks && setup.codes.length > 1 ? { masks: placeMasks(mirrorPad(masks, halo, strideProduct)) } : {};
  const session = await setup.sessions.open(measureModel({ ...setup, width: paddedWidth, height: paddedHeight, rules: rulesFor(setup.options.provider) }), setup.options);
  try {
    return frozenStatistics(setup.generator, await session.run({ picture, noise, ...placed }));
  } finally {
    await session.release();
  }
}

/** How windows of one picture are lit. */
interface Light {
  readonly lighting: Lighting;
  over(window: Pick<WindowInput, 'picture' | 'place' | 'frame'>): Tensor;
}

function lightBy({ light = 0 }: GlazeSetup, lightingOf: () => Lighting): Light | undefined {
  if (light === 0) return undefined;
  const lighting = lightingOf();
  const relit = relighter(lighting);
  return { lighting, over: ({ picture, place, frame }) => relit(picture, place, frame, light) };
}

function wholeOf(picture: Tensor): Pick<WindowInput, 'picture' | 'place' | 'frame'> {
  const [, , height, width] = picture.shape;
  return { picture, place: { x: 0, y: 0, width, height }, frame: { width, height } };
}

/** lit: the window's picture as the network sees it; what masks leave uncovered is the picture itself. */
async function paintWindow(setup: GlazeSetup, session: Session, { picture, place, frame, masks }: WindowInput, lit: Tensor): Promise<Tensor> {
  const noise = noiseField({ seed: setup.seed, strength: setup.noise, place, frame, learnedSizePx: setup.learnedSizePx });
  const placed: Feeds = masks && setup.codes.length > 1 ? { masks: placeMasks(masks) } : {};
  const { painted } = await session.run({ picture: lit, noise, ...placed });
  const result = tensor(picture.shape, painted.data as Float32Array);
  return masks ? uncovered(result, picture, masks) : result;
}
