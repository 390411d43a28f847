// A zip file from anybody: its entries by name, each unpacked only when asked for and only up to a limit.
import { unzipSync, type UnzipFileInfo } from 'fflate';
import { StudioError } from '../../contract/fault.ts';

const mostEntries = 100_000;
/** What one entry may unpack to. */
const largestEntryBytes = 2 ** 30;

export interface ZipReader {
  readonly names: ReadonlySet<string>;
  /** Bytes of an entry; undefined where there is none. Throws file.not-a-document for one that is too large or damaged. */
  read(name: string, limitBytes?: number): Uint8Array | undefined;
}

/** file: its name, for faults. Throws file.not-a-document. */
export function openZip(bytes: Uint8Array, file: string): ZipReader {
  const refused = (reason: string): StudioError => new StudioError('file.not-a-document', { file, reason });
  const entries = new Map<string, UnzipFileInfo>();
  walk(bytes, refused, (info) => {
    if (entries.size >= mostEntries) throw refused(`it has more than ${mostEntries} parts`);
    entries.set(info.name, info);
    return false;
  });
  return {
    names: new Set(entries.keys()),
    read(name, limitBytes = largestEntryBytes) {
      const info = entries.get(name);
      if (!info) return undefined;
      if (info.originalSize > limitBytes || info.size > bytes.byteLength) throw refused(`“${name}” unpacks to ${Math.ceil(info.originalSize / 2 ** 20)} MB`);
      if (info.compression !== 0 && info.compression !== 8) throw refused(`“${name}” is packed in a way OpenRaster does not know`);
      // The library unpacks into a buffer of the size that is claimed: more than that is an error, not memory.
      const found = walk(bytes, refused, (other) => other.name === name)[name];
      if (!found || found.byteLength !== info.originalSize) throw refused(`“${name}” is damaged`);
      return found;
    },
  };
}

function walk(bytes: Uint8Array, refused: (reason: string) => StudioError, filter: (info: UnzipFileInfo) => boolean): Record<string, Uint8Array> {
  try {
    return unzipSync(bytes, { filter });
  } catch (thrown) {
    if (thrown instanceof StudioError) throw thrown;
    throw refused(thrown instanceof Error ? `the archive is damaged: ${thrown.message}` : 'the archive is damaged');
  }
}
