// Where the pictures of a font's signs stand (tables CBLC with CBDT, and sbix; OpenType 1.9): HarfBuzz gives their PNGs, not their places.
import type { PaintStep } from './colour-steps.ts';

/** In px of the picture: of its lower left corner from the sign's origin, y up. */
export interface PicturePlace {
  readonly left: number;
  readonly bottom: number;
  readonly pxPerEm: number;
}

/** By sign. */
export type PicturePlaces = ReadonlyMap<number, PicturePlace>;

type TableOf = (name: string) => Uint8Array | undefined;

/** Of the largest strike, which is the one whose PNGs are given; undefined where the font holds none. Throws RangeError where a table is cut short. */
export function picturePlaces(table: TableOf): PicturePlaces | undefined {
  const [signs, sbix] = [viewOf(table('maxp')), viewOf(table('sbix'))];
  if (sbix && signs) return sbixPlaces(sbix, signs.getUint16(4));
  const [index, pictures] = [viewOf(table('CBLC')), viewOf(table('CBDT'))];
  return index && pictures ? cbdtPlaces(index, pictures) : undefined;
}

/** A sign's picture as the one step it is painted of, in shares of the size; undefined where the PNG is none. */
export function pictureStep(png: Uint8Array, { left, bottom, pxPerEm }: PicturePlace): PaintStep | undefined {
  const header = viewOf(png);
  if (!header || header.byteLength < 24 || header.getUint32(0) !== 0x89504e47) return undefined;
  const [width, height] = [header.getUint32(16), header.getUint32(20)];
  return { do: 'picture', png, matrix: [width / pxPerEm, 0, 0, -height / pxPerEm, left / pxPerEm, (bottom + height) / pxPerEm] };
}

const viewOf = (bytes: Uint8Array | undefined): DataView | undefined => bytes && new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

function sbixPlaces(sbix: DataView, signs: number): PicturePlaces {
  let [strike, pxPerEm] = [0, 0];
  for (let i = 0; i < sbix.getUint32(4); i++) {
    const at = sbix.getUint32(8 + i * 4);
    if (sbix.getUint16(at) > pxPerEm) [strike, pxPerEm] = [at, sbix.getUint16(at)];
  }
  const places = new Map<number, PicturePlace>();
  for (let sign = 0; pxPerEm > 0 && sign < signs; sign++) {
    let at = dataOf(sbix, strike, sign);
    // a sign may stand for another's picture
    for (let turns = 0; at !== undefined && turns < 8 && sbix.getUint32(at + 4) === 0x64757065; turns++) at = dataOf(sbix, strike, sbix.getUint16(at + 8), signs);
    if (at !== undefined && sbix.getUint32(at + 4) === 0x706e6720) places.set(sign, { left: sbix.getInt16(at), bottom: sbix.getInt16(at + 2), pxPerEm });
  }
  return places;
}

/** Where a sign's data begins; undefined where it has none. */
function dataOf(sbix: DataView, strike: number, sign: number, signs = Infinity): number | undefined {
  if (sign >= signs) return undefined;
  const [from, to] = [sbix.getUint32(strike + 4 + sign * 4), sbix.getUint32(strike + 8 + sign * 4)];
  return to - from > 10 || (to - from === 10 && sbix.getUint32(strike + from + 4) === 0x64757065) ? strike + from : undefined;
}

function cbdtPlaces(index: DataView, pictures: DataView): PicturePlaces {
  let [strike, pxPerEm] = [0, 0];
  for (let i = 0; i < index.getUint32(4); i++) {
    const at = 8 + i * 48;
    const size = Math.max(index.getUint8(at + 44), index.getUint8(at + 45));
    if (size > pxPerEm) [strike, pxPerEm] = [at, size];
  }
  const places = new Map<number, PicturePlace>();
  if (pxPerEm === 0) return places;
  const [list, count] = [index.getUint32(strike), index.getUint32(strike + 8)];
  for (let i = 0; i < count; i++) {
    const [first, last] = [index.getUint16(list + i * 8), index.getUint16(list + i * 8 + 2)];
    const at = list + index.getUint32(list + i * 8 + 4);
    const [indexFormat, imageFormat, data] = [index.getUint16(at), index.getUint16(at + 2), index.getUint32(at + 4)];
    // others are not used with colours; 17 and 18 differ in how much follows the metrics read here
    if ((indexFormat !== 1 && indexFormat !== 3) || (imageFormat !== 17 && imageFormat !== 18)) continue;
    const offset = (place: number): number => (indexFormat === 1 ? index.getUint32(at + 8 + place * 4) : index.getUint16(at + 8 + place * 2));
    for (let sign = first; sign <= last; sign++) {
      const from = offset(sign - first);
      if (offset(sign - first + 1) <= from) continue;
      const [height, left, top] = [pictures.getUint8(data + from), pictures.getInt8(data + from + 2), pictures.getInt8(data + from + 3)];
      places.set(sign, { left, bottom: top - height, pxPerEm });
    }
  }
  return places;
}
