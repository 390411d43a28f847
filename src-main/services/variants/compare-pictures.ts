// Two picture files beside each other, measured or put on one sheet. Runs in the engine process.
import type { Extent } from '../../contract/image.ts';
import type { VariantMeters } from '../../contract/studio-records.ts';
import { decodePixels } from '../../engine/image/codec.ts';
import type { FeatureNetwork } from '../../engine/metrics/feature-network.ts';
import { planesOf } from '../../engine/tensor/layout.ts';
import { comparisonSheet } from './comparison-sheet.ts';
import { withKnownStyle, type KnownStyles } from './known-style.ts';
import { pictureMeters } from './picture-meters.ts';
import type { Folders } from '../platform.ts';
import { paintingFiles, stylePaintings } from '../library/style-paintings.ts';

export interface ComparedPictures {
  /** Files. */
  readonly before: string;
  readonly after: string;
  /** Name in the library. */
  readonly style?: string;
  readonly folders: Folders;
}

/** Larger pictures say no more. */
const longSide = 1024;

/** Throws picture.*, features.*, session.*, disk.*. */
export async function measurePictures({ before, after, style, folders }: ComparedPictures, network: FeatureNetwork, known: KnownStyles): Promise<VariantMeters> {
  const [was, is] = [planesOf(await decodePixels(before, { longSide })), planesOf(await decodePixels(after, { longSide }))];
  const paintings = style === undefined ? [] : await stylePaintings(style, folders);
  const meters = await pictureMeters({ before: was, after: is, style: paintings }, network);
  return style === undefined ? meters : withKnownStyle(meters, () => known.find(style, folders), { before: was, after: is });
}

/** Throws picture.*, disk.*. */
export async function sheetOf({ before, after, style, folders, out }: ComparedPictures & { readonly out: string }): Promise<Extent> {
  const [painting] = style === undefined ? [] : await paintingFiles(style, folders);
  return comparisonSheet({ before, after, out, ...(painting === undefined ? {} : { style: painting }) });
}
