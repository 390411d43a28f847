// The rules on form: sizes of files and functions, names, forbidden marks and the first line.
import { posix } from 'node:path';
import { lineAt } from './scan.mjs';

function isTable(path, tables) {
  return tables.some((folder) => path === folder || path.startsWith(`${folder}/`));
}

/** Files and functions of the program grow only so far; beyond `warn` a warning, beyond `fail` a fault. */
export function sizeRules({ sources }, { lines: limits }) {
  const faults = [];
  for (const source of sources) {
    const isTableFile = isTable(source.path, limits.tables);
    const [warn, fail] = isTableFile ? [limits.table, limits.table] : [limits.warn, limits.fail];
    if (source.lines > warn) {
      const says = `has ${source.lines} lines (at most ${fail})`;
      const remedy = 'split it by duty: one concept, one file';
      faults.push({ path: source.path, rule: 'file-size', line: 1, says, remedy, isWarning: source.lines <= fail });
    }
    if (!source.isProgram) continue; // A describe block is no function to be read in one go.
    for (const { name, line, lines } of source.functions) {
      if (lines <= limits.functionWarn) continue;
      const says = `${name} has ${lines} lines (at most ${limits.functionFail})`;
      const remedy = 'name its steps as functions';
      faults.push({ path: source.path, rule: 'function-size', line, says, remedy, isWarning: lines <= limits.functionFail });
    }
  }
  return faults;
}

/** Names say a concept; files are kebab-case, components PascalCase. */
export function nameRules({ paths }, table) {
  const faults = [];
  for (const { path, isFolder } of paths) {
    const name = posix.basename(path);
    const parts = name.replace(/\.[\w.]+$/, '').replace(/([a-z])([A-Z])/g, '$1-$2').toLowerCase().split(/[-_]/);
    const word = parts.find((part) => table.words.includes(part));
    if (word) faults.push({ path, rule: 'name', line: 1, says: `is called ${word}`, remedy: 'name it after what it holds' });
    const isSource = !isFolder && /\.(ts|mts|mjs|js|vue)$/.test(name);
    const isGood = name.endsWith('.vue') ? /^[A-Z]\w*\.vue$/ : /^[a-z0-9]+(-[a-zA-Z0-9]+)*(\.[a-z-]+)*$/;
    if (isSource && !isGood.test(name)) {
      const remedy = 'use kebab-case.ts, or PascalCase.vue for a component';
      faults.push({ path, rule: 'name', line: 1, says: 'has a name of another form', remedy });
    }
  }
  return faults;
}

/** Marks that have no place in code (patterns) or anywhere in a file (plain text). */
export function markRules({ sources }, { forbidden }) {
  const faults = [];
  for (const source of sources) {
    for (const pattern of forbidden.code) {
      for (const match of source.code.matchAll(new RegExp(pattern, 'g'))) {
        const remedy = 'give the type; unknown and a check where it is not known';
        faults.push({ path: source.path, rule: 'mark', line: lineAt(source.code, match.index), says: `says "${match[0].trim()}"`, remedy });
      }
    }
    for (const mark of forbidden.text) {
      const found = source.text.indexOf(mark);
      if (found < 0) continue;
      const remedy = 'do it now, or write it down as an issue';
      faults.push({ path: source.path, rule: 'mark', line: lineAt(source.text, found), says: `says "${mark}"`, remedy });
    }
  }
  return faults;
}

/** The first line of a program file tells its duty. */
export function firstLineRule({ sources }) {
  return sources
    .filter(({ isProgram, text }) => isProgram && !/^(#!.*\n)?(\/\/ \S|\/\*|<!-- \S)/.test(text))
    .map(({ path }) => ({
      path,
      rule: 'first-line',
      line: 1,
      says: 'does not begin with its duty',
      remedy: 'write its duty in one sentence as a comment on the first line',
    }));
}
