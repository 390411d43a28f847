// The platform of hosts that are plain Node: the command line and the browser host.
import { fork } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { StudioError } from '../contract/fault.ts';
import { resolveHome, type Environment, type HomeFolder } from './home/home-folder.ts';
import type { Folders, Platform, ProcessEntry, ProcessExit, ProcessLink } from './platform.ts';

export type { Environment };

/** Runs the children of the build, or of the sources when this file itself is run from them; the artist's folder is looked for when it is first asked for. */
export function nodePlatform(options: { readonly environment?: Environment; readonly log?: Platform['log'] } = {}): Platform {
  let found: HomeFolder | undefined;
  const home = (): HomeFolder => (found ??= resolveHome(options.environment ?? process.env));
  return {
    get home() {
      return home();
    },
    get folders() {
      return foldersIn(home().home);
    },
    now: () => new Date(),
    log: options.log ?? (() => undefined),
    startProcess,
  };
}

/** Below VELATURA_HOME, the folder the artist has chosen, or the platform's for user data. Throws home.gone | home.unreadable. */
export function foldersOf(environment: Environment, system: NodeJS.Platform = process.platform): Folders {
  return foldersIn(resolveHome(environment, system).home);
}

function foldersIn(home: string): Folders {
  return { home, styles: join(home, 'styles'), work: join(home, 'work'), resources: join(programFolder(), 'resources') };
}

const here = fileURLToPath(import.meta.url);

/** The folder that holds package.json and resources, above the sources and above the build alike. */
export function programFolder(): string {
  for (let folder = dirname(here); ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'package.json')) && existsSync(join(folder, 'resources'))) return folder;
    if (dirname(folder) === folder) throw new StudioError('internal', { reason: 'the program has no resources folder' });
  }
}

function startProcess(entry: ProcessEntry): ProcessLink {
  return linkTo(entryScript(entry).script, nodeFlags(entry), { env: childEnvironment(entry) });
}

/** What Node is started with for a child. */
export function nodeFlags(entry: ProcessEntry): string[] {
  const { loader } = entryScript(entry);
  // marking in steps costs the engine a fifth of a stroke's time: its heap is small, but pixels ask for marking all the time;
  // rooms for new objects of 16 MB, V8's own measure, are never given back while little pictures of states are made (docs/performance.md)
  return [...(entry === 'engine' ? ['--no-incremental-marking', '--max-semi-space-size=8'] : []), ...(loader === undefined ? [] : ['--import', loader])];
}

/** Of glibc's allocator, in bytes: buffers from here on are mapped by themselves and given back when freed. */
const mappedFromBytes = 1_000_000;

/**
 * What a child finds in its environment. The engine's buffers come and go by hundreds of MB: glibc keeps such in its arenas, and gave back
 * none of 80 MB after 100 jobs (docs/performance.md). Elsewhere these names mean nothing; what the artist has set stays.
 */
export function childEnvironment(entry: ProcessEntry, own: Environment = process.env): Environment {
  if (entry !== 'engine') return own;
  return { MALLOC_ARENA_MAX: '2', MALLOC_TRIM_THRESHOLD_: String(mappedFromBytes), MALLOC_MMAP_THRESHOLD_: String(mappedFromBytes), ...own };
}

export interface EntryScript {
  readonly script: string;
  /** What makes Node read TypeScript, where the script is a source; a child does not inherit this process's. */
  readonly loader?: string;
}

/** The script of a child or thread, in the build or, when this file itself is run from them, in the sources. */
export function entryScript(entry: ProcessEntry | 'batches'): EntryScript {
  const program = programFolder();
  if (!here.endsWith('.ts')) return { script: join(program, 'out', 'main', `${entry}.js`) };
  const loader = pathToFileURL(createRequire(join(program, 'package.json')).resolve('tsx')).href;
  return { script: join(program, 'src-main', 'processes', `${entry}.ts`), loader };
}

/** An entry of the build that is no child: a host. */
export function builtScript(entry: 'browser'): string {
  return join(programFolder(), 'out', 'main', `${entry}.js`);
}

/** Starts a script as a child whose messages are structured clones, typed arrays included; in this process's own program and environment unless others are named. */
export function linkTo(script: string, nodeFlags: readonly string[], { program = process.execPath, env = process.env }: { readonly program?: string; readonly env?: Environment } = {}): ProcessLink {
  const child = fork(script, [], { execPath: program, env, execArgv: [...nodeFlags], serialization: 'advanced', stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const ended = new Promise<ProcessExit>((settle) => {
    child.once('exit', (code, signal) => settle({ code, signal }));
    // A child that never started reports an error and no exit.
    child.on('error', () => child.pid === undefined && settle({ code: null, signal: null }));
  });
  return {
    pid: child.pid,
    send(message) {
      // The child may end between the check and the write: its exit says so, not this call.
      if (child.connected) child.send(message as object, () => undefined);
    },
    onMessage: (listener) => void child.on('message', (message: unknown) => listener(message)),
    onExit: (listener) => void ended.then(listener),
    kill: () => void child.kill('SIGKILL'),
  };
}
