// Copy and paste: within the window pixel by pixel where it was; to and from other programs as a PNG.
import type { LayerId, LayerOf } from '../../src-main/contract/document.ts';
import { useDocument } from '../document/document-store.ts';
import { addAbove, envelope } from '../document/layer-changes.ts';
import { useCanvas } from './canvas-store.ts';
import { placeBlob, placeFiles } from './place-picture.ts';
import type { Pixels8 } from './worker/protocol.ts';

interface Clip {
  readonly name: string;
  readonly x: number;
  readonly y: number;
  readonly pixels: Pixels8;
}

/** What was copied here last, and how large its PNG is: the system's clipboard holds the same while that fits. */
let clip: (Clip & { readonly blobSize: number }) | undefined;

async function asPng({ width, height, data }: Pixels8): Promise<Blob> {
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
  const blob = await asPng(copied.pixels);
  clip = { ...copied, name: documents.record?.layers[layer ?? '']?.name ?? documents.record?.name ?? '', blobSize: blob.size };
  try {
    await navigator.clipboard.write([new ClipboardItem({ 'image/png': blob })]);
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

/** Pastes pictures of the system's clipboard, or what was copied here. False: there is nothing to paste. Throws the host's fault. */
export async function pasteFrom(data: DataTransfer | undefined): Promise<boolean> {
  const files = [...(data?.files ?? [])].filter(({ type }) => type.startsWith('image/'));
  const [file] = files;
  const isOwn = file && clip && files.length === 1 && file.size === clip.blobSize;
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
      if (clip && blob.size === clip.blobSize) break;
      await placeBlob(blob, 'clipboard');
      return true;
    }
  } catch {
    return pasteFrom(undefined); // Reading was not allowed: what was copied here is left.
  }
  return pasteFrom(undefined);
}
