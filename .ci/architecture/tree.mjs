// Reads the source tree once: what the rules look at.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join, posix } from 'node:path';
import { functionsOf } from './functions.mjs';
import { importsOf, scriptOf, spansOf, without } from './scan.mjs';

const sourceEndings = new Set(['.ts', '.mts', '.js', '.mjs', '.cjs', '.vue']);
const unread = new Set(['node_modules', 'out', 'dist']);

function* pathsUnder(root, folder) {
  if (!existsSync(join(root, folder))) return;
  for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
    const path = posix.join(folder, entry.name);
    if (entry.isDirectory() && !unread.has(entry.name)) {
      yield { path, isFolder: true };
      yield* pathsUnder(root, path);
    } else if (entry.isFile()) yield { path, isFolder: false };
  }
}

function lineCount(text) {
  return text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
}

function readSource(root, path, isProgram) {
  const text = readFileSync(join(root, path), 'utf8');
  const script = scriptOf(path, text);
  const spans = spansOf(script);
  const imports = importsOf(script, spans).map(({ specifier, line, isAddress }) => ({
    specifier,
    line,
    isAddress,
    target: specifier.startsWith('.') ? posix.join(posix.dirname(path), specifier) : undefined,
  }));
  return {
    path,
    isProgram,
    text,
    code: without(script, spans, ['comment', 'quote', 'template', 'regex']),
    lines: lineCount(text),
    imports,
    functions: functionsOf(script, spans),
  };
}

/**
 * The tree as the table names it: `sources` (text read) of the folders under `trees.program` and `trees.beside`,
 * `paths` of everything in them.
 */
export function readTree(root, table) {
  const paths = [];
  const sources = [];
  for (const isProgram of [true, false]) {
    for (const folder of isProgram ? table.trees.program : table.trees.beside) {
      for (const entry of pathsUnder(root, folder)) {
        paths.push(entry);
        if (!entry.isFolder && sourceEndings.has(extname(entry.path))) {
          sources.push(readSource(root, entry.path, isProgram));
        }
      }
    }
  }
  return { paths, sources };
}
