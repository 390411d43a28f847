// Collects names and licence texts of everything that ships, while the program is built.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Plugin } from 'vite';

export interface LicenceEntry {
  readonly name: string;
  readonly licence: string;
  readonly text: string;
}

interface PackageRecord {
  readonly name: string;
  readonly version: string;
  readonly license?: string | { readonly type: string };
  readonly author?: string | { readonly name: string };
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const textFile = /^(licen[cs]e|copying|notice|third-?party)/i;

function readRecord(folder: string): PackageRecord {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as PackageRecord;
}

/** The folder that Node would find a package in, from another package's; undefined where it is not installed. */
function folderOf(name: string, from: string, root: string): string | undefined {
  for (let place = from; ; place = dirname(place)) {
    const folder = join(place, 'node_modules', name);
    if (existsSync(join(folder, 'package.json'))) return folder;
    if (place === root || dirname(place) === place) return undefined;
  }
}

/** Folders of the packages the program installs, with all that they stand on. `root` holds package.json. */
function installedPackages(root: string): Set<string> {
  const folders = new Set<string>();
  const visit = (from: string): void => {
    const { dependencies = {}, optionalDependencies = {} } = readRecord(from);
    for (const name of Object.keys({ ...dependencies, ...optionalDependencies })) {
      const folder = folderOf(name, from, root);
      if (folder === undefined || folders.has(folder)) continue;
      folders.add(folder);
      visit(folder);
    }
  };
  visit(root);
  return folders;
}

/** The package of a file below node_modules. */
function packageFolder(file: string): string | undefined {
  return /^(.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+)[\\/]/.exec(file.replace(/^\0/, ''))?.[1];
}

function authorOf({ author, name }: PackageRecord): string {
  if (author === undefined) return `the authors of ${name}`;
  return (typeof author === 'string' ? author : author.name).replace(/\s*[<(].*$/, '');
}

/** The file that says it; where a package has none, the words its licence stands for. */
function textOf(folder: string, record: PackageRecord, licence: string, root: string): string {
  const files = readdirSync(folder).filter((name) => textFile.test(name)).sort();
  if (files.length > 0) return files.map((name) => readFileSync(join(folder, name), 'utf8').trim()).join('\n\n');
  const own = readFileSync(join(root, 'LICENSE'), 'utf8').trim();
  if (licence === 'MIT') return own.replace(/^Copyright.*$/m, `Copyright (c) ${authorOf(record)}`);
  const readme = join(folder, 'README.md');
  return existsSync(readme) ? readFileSync(readme, 'utf8').trim() : `Licensed under ${licence} by ${authorOf(record)}.`;
}

/** Entries of packages by their folders, sorted by name. */
function licencesOf(folders: Iterable<string>, root: string): LicenceEntry[] {
  const entries = [...folders].map((folder) => {
    const record = readRecord(folder);
    const licence = typeof record.license === 'string' ? record.license : (record.license?.type ?? 'see text');
    return { name: `${record.name} ${record.version}`, licence, text: textOf(folder, record, licence, root) };
  });
  return entries.sort((a, b) => a.name.localeCompare(b.name));
}

/** Writes licences.json beside what is built: of installed packages, or of those whose code or files are in the bundle. */
export function licences(of: 'installed' | 'bundled', root: string): Plugin {
  return {
    name: 'velatura-licences',
    apply: 'build',
    generateBundle(_options, bundle) {
      const files = [...this.getModuleIds(), ...Object.values(bundle).flatMap((part) => (part.type === 'asset' ? part.originalFileNames.map((name) => resolve(root, 'src-renderer', name)) : []))];
      const bundled = new Set(files.flatMap((file) => packageFolder(file) ?? []));
      const source = JSON.stringify(licencesOf(of === 'installed' ? installedPackages(root) : bundled, root));
      this.emitFile({ type: 'asset', fileName: 'licences.json', source });
    },
  };
}
