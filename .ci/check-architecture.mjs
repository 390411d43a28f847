#!/usr/bin/env node
// Checks the tree against .ci/architecture.json: node .ci/check-architecture.mjs [ROOT]
import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { firstLineRule, markRules, nameRules, sizeRules } from './architecture/form-rules.mjs';
import { cycleRule, importRules } from './architecture/import-rules.mjs';
import { readTree } from './architecture/tree.mjs';

const root = resolve(process.argv[2] ?? join(dirname(fileURLToPath(import.meta.url)), '..'));
const table = JSON.parse(readFileSync(join(root, '.ci', 'architecture.json'), 'utf8'));
const tree = readTree(root, table);

const rules = [importRules, cycleRule, sizeRules, nameRules, markRules, firstLineRule];
const found = rules.flatMap((rule) => rule(tree, table)).sort((a, b) => a.path.localeCompare(b.path) || a.line - b.line);
for (const { path, line, rule, says, remedy, isWarning } of found) {
  console.log(`${isWarning ? 'warning' : 'fault'} [${rule}] ${path}:${line} ${says}; ${remedy}.`);
}
const faults = found.filter(({ isWarning }) => !isWarning).length;
console.log(`architecture: ${tree.sources.length} files, ${faults} faults, ${found.length - faults} warnings`);
process.exitCode = faults > 0 ? 1 : 0;
