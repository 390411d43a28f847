// Files between the artist's disk and the studio: choosing what to open, and taking what was written.
import { StudioError } from '../../src-main/contract/fault.ts';
import type { FileRef, WrittenFile } from '../../src-main/contract/studio-api.ts';
import { reachHost } from './reach-host.ts';
import type { Transport } from './transport.ts';
import { uploadFile } from './upload.ts';

export interface ChosenFile {
  readonly name: string;
  readonly file: FileRef;
}

/** A file that the page holds, or names on the host's disk. */
export interface GivenFile {
  readonly name: string;
  /** May be called again. Throws as uploadFile does. */
  send(transport: Transport): Promise<FileRef>;
}

export function givenFile(file: File): GivenFile {
  return { name: file.name, send: (transport) => uploadFile(transport, file) };
}

/** Kinds of files by what they are wanted for, as file name endings. */
export const fileKinds = {
  document: ['psd', 'ora', 'png', 'jpg', 'jpeg', 'webp', 'tif', 'tiff', 'avif', 'gif'],
  picture: ['png', 'jpg', 'jpeg', 'webp', 'tif', 'tiff', 'avif', 'gif', 'psd', 'ora'],
  style: ['vstyle', 'onnx'],
  font: ['ttf', 'otf', 'ttc', 'woff2'],
} as const;
export type FileKind = keyof typeof fileKinds;

const nameOf = (path: string): string => path.split(/[\\/]/).at(-1) ?? path;

/** Asks for files; an empty list where the artist thought better of it. */
export async function pickFiles(kind: FileKind, multiple = false): Promise<GivenFile[]> {
  if (window.velatura) {
    const paths = await window.velatura.chooseOpen({ multiple, kinds: fileKinds[kind] });
    return (paths ?? []).map((path) => ({ name: nameOf(path), send: () => Promise.resolve({ path }) }));
  }
  return (await askBrowser(kind, multiple)).map(givenFile);
}

/** The same, sent to the host. Throws as uploadFile does. */
export async function chooseFiles(transport: Transport, kind: FileKind, multiple = false): Promise<ChosenFile[]> {
  const files = await pickFiles(kind, multiple);
  return Promise.all(files.map(async (file) => ({ name: file.name, file: await file.send(transport) })));
}

function askBrowser(kind: FileKind, multiple: boolean): Promise<readonly File[]> {
  const input = document.createElement('input');
  Object.assign(input, { type: 'file', multiple, accept: fileKinds[kind].map((ending) => `.${ending}`).join(',') });
  return new Promise((resolve) => {
    input.addEventListener('change', () => resolve([...(input.files ?? [])]));
    input.addEventListener('cancel', () => resolve([]));
    input.click();
  });
}

/** Where a file is to be written. `keep`: the host keeps it for the page to fetch. Undefined: not at all. */
export async function chooseTarget(name: string): Promise<{ readonly out: string } | { readonly keep: true } | undefined> {
  if (!window.velatura) return { keep: true };
  const out = await window.velatura.chooseSave({ name });
  return out === undefined ? undefined : { out };
}

/** Hands a kept file to the browser's downloads. Throws internal where the host no longer has it. */
export async function downloadFile({ headers }: Transport, { name, address }: Pick<WrittenFile, 'name' | 'address'>): Promise<void> {
  if (address === undefined) return;
  const response = await reachHost(address, { headers });
  if (!response.ok) throw new StudioError('internal', { reason: `${name} was answered with ${response.status}` });
  const link = document.createElement('a');
  link.href = URL.createObjectURL(await response.blob());
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000); // The download reads it after the click.
}
