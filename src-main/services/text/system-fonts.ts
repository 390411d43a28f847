// Fonts of this system and of the artist: the usual folders searched, files read once until they change.
import { readdir, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { eachOf } from '../documents/asset-files.ts';
import type { FontFace, FontFamily } from './font-face.ts';
import { factsOf } from './font-file.ts';

const deepest = 6;
const mostFiles = 20_000;

/** Where systems keep fonts for all and for one user. */
export function systemFontFolders(environment: Readonly<Record<string, string | undefined>>, system: NodeJS.Platform): string[] {
  const user = environment['HOME'] || homedir();
  if (system === 'win32') return [join(environment['WINDIR'] || 'C:\\Windows', 'Fonts'), join(environment['LOCALAPPDATA'] || join(user, 'AppData', 'Local'), 'Microsoft', 'Windows', 'Fonts')];
  if (system === 'darwin') return ['/System/Library/Fonts', '/Library/Fonts', join(user, 'Library', 'Fonts')];
  const shared = environment['XDG_DATA_HOME'] || join(user, '.local', 'share');
  return ['/usr/share/fonts', '/usr/local/share/fonts', join(shared, 'fonts'), join(user, '.fonts')];
}

export interface FontScan {
  /** Families of all fonts below some folders, by name. A folder that is not there holds none. */
  families(folders: readonly string[], origin: 'system' | 'own'): Promise<FontFamily[]>;
  /** Names of the families in every font file below a folder, by its path. */
  files(folder: string): Promise<ReadonlyMap<string, readonly string[]>>;
}

/** Files that cannot be read are named to `log` once and left out. */
export function createFontScan(log: (message: string) => void): FontScan {
  /** By path, size and time: empty where the file is of no use. */
  const known = new Map<string, readonly (FontFace & { readonly family: string })[]>();

  async function facesOf(path: string): Promise<readonly (FontFace & { readonly family: string })[]> {
    const { size, mtimeMs } = await stat(path);
    const stamp = `${size} ${mtimeMs}`;
    const key = `${path} ${stamp}`;
    let faces = known.get(key);
    if (!faces) {
      faces = await factsOf(path).then(
        (facts) => facts.filter(({ family }) => !family.startsWith('.')).map((fact) => ({ path, stamp, ...fact })), // A dot: the system's own, not for documents.
        (thrown: unknown) => {
          log(`The font ${path} is left out: ${thrown instanceof Error ? thrown.message : String(thrown)}`);
          return [];
        },
      );
      known.set(key, faces);
    }
    return faces;
  }

  /** By path, in order. */
  async function facesBelow(folders: readonly string[]): Promise<Map<string, readonly (FontFace & { readonly family: string })[]>> {
    const paths = (await Promise.all(folders.map((folder) => fontFilesIn(folder)))).flat().sort().slice(0, mostFiles);
    const byPath = new Map<string, readonly (FontFace & { readonly family: string })[]>(paths.map((path) => [path, []]));
    await eachOf(paths, async (path) => void byPath.set(path, await facesOf(path).catch(() => [])));
    return byPath;
  }

  return {
    files: async (folder) => new Map([...(await facesBelow([folder]))].map(([path, faces]) => [path, [...new Set(faces.map(({ family }) => family))]])),
    async families(folders, origin) {
      const families = new Map<string, FontFace[]>();
      for (const faces of (await facesBelow(folders)).values()) {
        for (const { family, ...face } of faces) {
          const there = families.get(family) ?? [];
          // The same font in two folders or formats counts once.
          if (!there.some((other) => other.italic === face.italic && other.weights[0] === face.weights[0] && other.weights[1] === face.weights[1])) there.push(face);
          families.set(family, there);
        }
      }
      return [...families].map(([name, faces]) => ({ name, origin, faces })).sort((a, b) => a.name.localeCompare(b.name, 'en'));
    },
  };
}

async function fontFilesIn(folder: string, depth = 0): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const found = await Promise.all(
    entries.map(async (entry): Promise<string[]> => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return depth < deepest ? fontFilesIn(path, depth + 1) : [];
      return /\.(ttf|otf|ttc|otc|woff2)$/i.test(entry.name) ? [path] : [];
    }),
  );
  return found.flat();
}
