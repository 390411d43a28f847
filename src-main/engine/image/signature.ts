// What kind of file it is by its first bytes, whatever its name says.

/** Formats that are read. */
export type PictureFormat = 'jpeg' | 'png' | 'webp' | 'tiff' | 'gif' | 'avif';

/** How many bytes `formatOf` looks at. */
export const signatureBytes = 64;

/** Formats a person may take for a usable picture; each is refused by name. */
const foreign: readonly (readonly [string, RegExp])[] = [
  ['HEIC', /^....ftyp(heic|heix|hevc|hevx|mif1|msf1)/s],
  ['SVG', /^\s*(<\?xml|<svg|<!DOCTYPE svg)/i],
  ['PDF', /^%PDF/],
  ['PSD', /^8BPS/],
  ['BMP', /^BM.{4}\0{4}/s],
  ['JPEG XL', /^(\xff\x0a|\0\0\0\x0cJXL )/],
  ['JPEG 2000', /^\0\0\0\x0cjP {2}/],
  ['OpenEXR', /^\x76\x2f\x31\x01/],
];

const readable: readonly (readonly [PictureFormat, RegExp])[] = [
  ['jpeg', /^\xff\xd8\xff/],
  ['png', /^\x89PNG\r\n\x1a\n/],
  ['webp', /^RIFF....WEBP/s],
  ['tiff', /^(II[*+]\0|MM\0[*+])/],
  ['gif', /^GIF8[79]a/],
  ['avif', /^....ftyp(avif|avis)/s],
];

/** The format of a file that begins with `head`: one that is read, one that is known but not read, or neither. */
export function formatOf(head: Buffer): { readonly readable?: PictureFormat; readonly foreign?: string } {
  const text = head.toString('latin1', 0, signatureBytes);
  const known = readable.find(([, mark]) => mark.test(text));
  if (known) return { readable: known[0] };
  const other = foreign.find(([, mark]) => mark.test(text));
  return other ? { foreign: other[0] } : {};
}
