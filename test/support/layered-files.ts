// PSD and OpenRaster files of flat colours, as other programs write them.
import { initializeCanvas, writePsdBuffer, type Layer as PsdLayer, type Psd } from 'ag-psd';
import { strToU8, zipSync, type Zippable } from 'fflate';
import sharp from 'sharp';

initializeCanvas(() => ({}) as HTMLCanvasElement, (width, height) => ({ width, height, data: new Uint8ClampedArray(width * height * 4) }) as unknown as ImageData);

/** Red, green, blue, alpha: 0..255. */
export type FlatColour = readonly [number, number, number, number];

export interface FlatLayer extends Partial<PsdLayer> {
  readonly colour: FlatColour;
  readonly x?: number;
  readonly y?: number;
  readonly width: number;
  readonly height: number;
}

function filled(width: number, height: number, colour: FlatColour) {
  return { width, height, data: Uint8ClampedArray.from({ length: width * height * 4 }, (_, i) => colour[i % 4]!) };
}

/** Layers bottom to top; `merged` is the picture of all that the file says is real. */
export function psdFile(size: { readonly width: number; readonly height: number }, layers: readonly FlatLayer[], merged?: FlatColour, more: readonly PsdLayer[] = []): Buffer {
  const children = layers.map(({ colour, x = 0, y = 0, width, height, ...rest }): PsdLayer => ({ name: 'paint', ...rest, left: x, top: y, imageData: filled(width, height, colour) }));
  const psd: Psd = { ...size, children: [...children, ...more] };
  const version = { hasRealMergedData: merged !== undefined, writerName: 'a program', readerName: 'a program', fileVersion: 1 };
  return writePsdBuffer({ ...psd, imageResources: { versionInfo: version }, ...(merged ? { imageData: filled(size.width, size.height, merged) } : {}) }, { noBackground: true });
}

const png = ({ width, height, colour: [r, g, b, alpha] }: FlatLayer): Promise<Buffer> => sharp({ create: { width, height, channels: 4, background: { r, g, b, alpha: alpha / 255 } } }).png().toBuffer();

/** Layers bottom to top; without `merged` there is no picture of all. */
export async function oraFile({ width, height }: { readonly width: number; readonly height: number }, layers: readonly FlatLayer[], merged?: FlatLayer): Promise<Uint8Array> {
  const files: Zippable = { mimetype: [strToU8('image/openraster'), { level: 0 }] };
  for (const [index, layer] of layers.entries()) files[`data/${index}.png`] = new Uint8Array(await png(layer));
  if (merged) files['mergedimage.png'] = new Uint8Array(await png(merged));
  const nodes = layers.map(({ x = 0, y = 0, opacity = 1 }, index) => `<layer name="paint" src="data/${index}.png" x="${x}" y="${y}" opacity="${opacity}"/>`).reverse();
  files['stack.xml'] = strToU8(`<?xml version="1.0" encoding="UTF-8"?><image version="0.0.6" w="${width}" h="${height}"><stack>${nodes.join('')}</stack></image>`);
  return zipSync(files);
}
