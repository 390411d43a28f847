// Files that the browser may read again after the artist chose them (File System Access API), kept by name across reloads.
import { fileKinds } from './files.ts';

const database = 'velatura';
const shelf = 'followed-files';

/** `asks`: the browser gives the file only after the artist has said so again. `lost`: this browser never had it. */
export type FileState = 'here' | 'asks' | 'lost';

/** Not in Electron, which reads paths; elsewhere Chromium can, in a page it trusts. */
export function canFollowFiles(): boolean {
  return window.velatura === undefined && window.showOpenFilePicker !== undefined && 'indexedDB' in window;
}

/** An empty list where the artist thought better of it. */
export async function chooseFollowed(multiple: boolean): Promise<readonly FileSystemFileHandle[]> {
  const endings = fileKinds.picture.map((ending) => `.${ending}` as const);
  try {
    return (await window.showOpenFilePicker?.({ multiple, types: [{ accept: { 'image/*': endings } }] })) ?? [];
  } catch (thrown) {
    if (thrown instanceof DOMException && thrown.name === 'AbortError') return [];
    throw thrown;
  }
}

export async function stateOf(handle: FileSystemFileHandle | undefined): Promise<FileState> {
  if (!handle) return 'lost';
  const permission = (await handle.queryPermission?.({ mode: 'read' })) ?? 'granted';
  return permission === 'granted' ? 'here' : 'asks';
}

/** Asks the browser, which asks the artist; only at a click. */
export async function askAgain(handle: FileSystemFileHandle): Promise<FileState> {
  const permission = (await handle.requestPermission?.({ mode: 'read' })) ?? 'granted';
  return permission === 'granted' ? 'here' : 'asks';
}

export function keepFollowed(key: string, handle: FileSystemFileHandle): Promise<unknown> {
  return onShelf('readwrite', (store) => store.put(handle, key));
}

export async function followedFile(key: string): Promise<FileSystemFileHandle | undefined> {
  return (await onShelf('readonly', (store) => store.get(key))) as FileSystemFileHandle | undefined;
}

let opening: Promise<IDBDatabase> | undefined;

async function onShelf(mode: IDBTransactionMode, act: (store: IDBObjectStore) => IDBRequest): Promise<unknown> {
  opening ??= openShelf().catch((thrown: unknown) => {
    opening = undefined;
    throw thrown;
  });
  return settled(act((await opening).transaction(shelf, mode).objectStore(shelf)));
}

function openShelf(): Promise<IDBDatabase> {
  const request = indexedDB.open(database, 1);
  request.addEventListener('upgradeneeded', () => request.result.createObjectStore(shelf));
  return settled(request);
}

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () => reject(request.error ?? new Error('the browser keeps nothing')));
  });
}
