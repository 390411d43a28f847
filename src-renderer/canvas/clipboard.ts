// Copy and paste: within the window pixel by pixel where it was and at its own depth; to and from other programs as a PNG.
import type { LayerId, LayerOf } from '../../src-main/contract/document.ts';
import type { PixelBuffer } from '../../src-main/contract/image.ts';
import { pixelsAt } from '../../src-main/raster/pixels.ts';
import { useDocument } from '../document/document-store.ts';
import { addAbove, envelope } from '../document/layer-changes.ts';
import { useCanvas } from './canvas-store.ts';
import { placeBlob, placeFiles } from './place-picture.ts';
import { isSamePicture } from './same-picture.ts';

interface Clip {
  readonly name: string;
  readonly x: number;
  readonly y: number;
  readonly pixels: PixelBuffer;
}

/** What was copied here last: as long as the system's clipboard shows the same, this is what is pasted. */
let clip: Clip | undefined;

async function asPng(pixels: PixelBuffer): Promise<Blob> {
  const { width, height, data } = pixelsAt(pixels, 8);
  const canvas = new OffscreenCanvas(width, height);
  canvas.getContext('2d')?.putImageData(new ImageData(new Uint8ClampedArray(data), width, height), 0, 0);
  return canvas.convertToBlob({ type: 'image/png' });
}

/** Copies what is selected of a layer; without one, of the whole picture. False: there is nothing. */
export async function copySelection(layer?: LayerId): Promise<boolean> {
  const canvas = useCanvas();
  const documents = useDocument();
  const copied = await canvas.ask('copy', layer === undefined ? {} : { layer });
  if (!copied) return false;
  clip = { ...copied, name: documents.record?.layers[layer ?? '']?.name ?? documents.record?.name ?? '' };
  try {
    await navigator.clipboard.write([new ClipboardItem({ 'image/png': await asPng(copied.pixels) })]);
  } catch {
    return true; // The browser does not lend its clipboard: pasting here still works.
  }
  return true;
}

async function pasteClip({ name, pixels, x, y }: Clip): Promise<void> {
  const documents = useDocument();
  const raster = await useCanvas().ask('keep', { pixels, x, y });
  if (!documents.record || !raster) return;
  const layer: LayerOf<'raster'> = { ...envelope(name), kind: 'raster', pixels: raster };
  documents.commit({ key: 'canvas.paste' }, addAbove(documents.record, layer, documents.chosen[0]));
  documents.chosen = [layer.id];
}

/** Pastes pictures of the system's clipboard, or what was copied here. False: there is nothing to paste. */
export async function pasteFrom(data: DataTransfer | undefined): Promise<boolean> {
  const files = [...(data?.files ?? [])].filter(({ type }) => type.startsWith('image/'));
  const [file] = files;
  const isOwn = file && clip && files.length === 1 && (await isSamePicture(file, clip.pixels));
  if (file && !isOwn) await placeFiles(files);
  else if (clip) await pasteClip(clip);
  else return false;
  return true;
}

/** As pasteFrom, where no paste event came: from a menu. */
export async function pasteFromMenu(): Promise<boolean> {
  try {
    for (const item of await navigator.clipboard.read()) {
      const type = item.types.find((each) => each.startsWith('image/'));
      if (type === undefined) continue;
      const blob = await item.getType(type);
      if (clip && (await isSamePicture(blob, clip.pixels))) break;
      await placeBlob(blob, 'clipboard');
      return true;
    }
  } catch {
    return pasteFrom(undefined); // Reading was not allowed: what was copied here is left.
  }
  return pasteFrom(undefined);
}
