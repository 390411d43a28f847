// Picture files for tests of the whole line, good and bad, made with the image library itself.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp, { type Sharp } from 'sharp';

/** A gradient with a disc on it: something with places to tell apart. */
export function scene(width: number, height: number): Buffer {
  const data = Buffer.alloc(width * height * 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const inside = Math.hypot(x - width / 3, y - height / 2) < height / 4;
      data.set(inside ? [220, 60, 30] : [(255 * x) / width, (255 * y) / height, 128], 3 * (y * width + x));
    }
  }
  return data;
}

export interface PictureKit {
  readonly folder: string;
  /** Path of a file of the kit. */
  at(name: string): string;
}

/** Writes good.jpg (96 × 64) and pictures that are wrong or odd, each in its own way. */
export async function writePictureKit(folder: string): Promise<PictureKit> {
  const at = (name: string): string => join(folder, name);
  const good = (): Sharp => sharp(scene(96, 64), { raw: { width: 96, height: 64, channels: 3 } });
  await good().jpeg().toFile(at('good.jpg'));
  await good().toColourspace('cmyk').jpeg().toFile(at('cmyk.jpg'));
  await sharp(scene(96, 128), { raw: { width: 96, height: 128, channels: 3, pageHeight: 64 } }).gif({ delay: [100, 100] }).toFile(at('animated.gif'));
  const bytes = readFileSync(at('good.jpg'));
  writeFileSync(at('truncated.jpg'), bytes.subarray(0, Math.floor(bytes.length * 0.6)));
  writeFileSync(at('empty.jpg'), '');
  writeFileSync(at('text.jpg'), 'This is a letter, not a picture.');
  writeFileSync(at('huge.png'), hugePng());
  return { folder, at };
}

/** A small valid PNG whose header claims 60 000 × 60 000 px. */
function hugePng(): Buffer {
  const header = Buffer.alloc(25);
  header.writeUInt32BE(13, 0);
  header.write('IHDR', 4, 'latin1');
  header.writeUInt32BE(60_000, 8);
  header.writeUInt32BE(60_000, 12);
  header.set([8, 2, 0, 0, 0], 16);
  header.writeUInt32BE(crc32(header.subarray(4, 21)), 21);
  const data = Buffer.from('0000000049444154', 'hex');
  const end = Buffer.from('0000000049454e44ae426082', 'hex');
  return Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), header, data, Buffer.from([0x35, 0xaf, 0x06, 0x1e]), end]);
}

/** CRC-32 of PNG chunks (ISO 3309). */
function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}

/** Of the pages of `tiffOf`, in turn. */
export const pageColours = [[250, 10, 20], [10, 240, 30], [20, 30, 230]] as const;

/** One uncompressed page after another, of any sizes: a TIFF as scanners write it. */
export function tiffOf(sizes: readonly (readonly [number, number])[]): Buffer {
  const parts: Buffer[] = [Buffer.from('49492a0008000000', 'hex')];
  let at = 8;
  sizes.forEach(([across, down], page) => {
    const data = Buffer.concat(Array.from({ length: across * down }, () => Buffer.from(pageColours[page % 3]!)));
    const entries: readonly (readonly [number, number, number, number])[] = [
      [256, 3, 1, across], [257, 3, 1, down], [258, 3, 1, 8], [259, 3, 1, 1], [262, 3, 1, 2], [273, 4, 1, at + 2 + 9 * 12 + 4], [277, 3, 1, 3], [278, 3, 1, down], [279, 4, 1, data.length],
    ];
    const directory = Buffer.alloc(2 + entries.length * 12 + 4);
    directory.writeUInt16LE(entries.length, 0);
    entries.forEach(([tag, type, count, value], index) => {
      const entry = 2 + index * 12;
      directory.writeUInt16LE(tag, entry);
      directory.writeUInt16LE(type, entry + 2);
      directory.writeUInt32LE(count, entry + 4);
      directory.writeUInt32LE(value, entry + 8);
    });
    at += directory.length + data.length + (data.length % 2);
    directory.writeUInt32LE(page === sizes.length - 1 ? 0 : at, directory.length - 4);
    parts.push(directory, data, Buffer.alloc(data.length % 2));
  });
  return Buffer.concat(parts);
}
