// What each file format can hold, and about how large and how long a picture in it becomes.
import type { ExportRequest } from '../../../src-main/contract/studio-api.ts';
import type { Extent } from '../../../src-main/contract/image.ts';

export type ExportFormat = ExportRequest['format'];

/** Whether a file says how it was made: as is wished; always, with its layers; never. */
export type RecipeKeeping = 'wished' | 'always' | 'never';

export interface FormatFacts {
  readonly depths: readonly (8 | 16)[];
  readonly hasQuality: boolean;
  readonly hasAlpha: boolean;
  readonly hasProfile: boolean;
  /** Layers stay: size and profile are the document's. */
  readonly keepsLayers: boolean;
  readonly recipe: RecipeKeeping;
  readonly ending: string;
  /** Bytes per px of painterly pictures at 8 bit, at quality 90 where it has one. */
  readonly bytesPerPx: number;
}

export const exportFormats: Readonly<Record<ExportFormat, FormatFacts>> = {
  png: { depths: [8, 16], hasQuality: false, hasAlpha: true, hasProfile: true, keepsLayers: false, recipe: 'wished', ending: 'png', bytesPerPx: 2.2 },
  jpeg: { depths: [8], hasQuality: true, hasAlpha: false, hasProfile: true, keepsLayers: false, recipe: 'wished', ending: 'jpg', bytesPerPx: 0.6 },
  webp: { depths: [8], hasQuality: true, hasAlpha: true, hasProfile: true, keepsLayers: false, recipe: 'wished', ending: 'webp', bytesPerPx: 0.45 },
  tiff: { depths: [8, 16], hasQuality: false, hasAlpha: true, hasProfile: true, keepsLayers: false, recipe: 'wished', ending: 'tif', bytesPerPx: 2.6 },
  ora: { depths: [8], hasQuality: false, hasAlpha: true, hasProfile: false, keepsLayers: true, recipe: 'always', ending: 'ora', bytesPerPx: 2.2 },
  psd: { depths: [8], hasQuality: false, hasAlpha: true, hasProfile: false, keepsLayers: true, recipe: 'never', ending: 'psd', bytesPerPx: 3.2 },
};

/** Compositing, scaling and encoding of a million px on two cores, in seconds. */
const secondsPerMegapixel = 0.8;

/** Bytes of the file, roughly: half or twice is possible. Layered formats grow with every layer. */
export function estimatedBytes(format: ExportFormat, size: Extent, options: { readonly depth: 8 | 16; readonly quality: number; readonly layers: number }): number {
  const facts = exportFormats[format];
  const quality = facts.hasQuality ? 0.12 + 0.88 * (options.quality / 90) ** 4 : 1;
  const depth = options.depth === 16 ? 2.6 : 1;
  const layers = facts.keepsLayers ? 1 + options.layers : 1;
  return size.width * size.height * facts.bytesPerPx * quality * depth * layers;
}

export function estimatedSeconds(size: Extent, document: Extent): number {
  const px = Math.max(size.width * size.height, document.width * document.height);
  return 0.5 + (px / 1e6) * secondsPerMegapixel;
}
