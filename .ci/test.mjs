// npm test: every check in turn; the last line sums them up as "N passed, N failed, N skipped".
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const tool = (path) => join(root, 'node_modules', path);
const total = { passed: 0, failed: 0, skipped: 0 };

/** Checks that pass or fail as a whole, quickest first; what they print is shown. */
const checks = {
  architecture: [join(root, '.ci/check-architecture.mjs')],
  lock: [join(root, '.ci/check-lock.mjs')],
  'types of the pure folders': [tool('typescript/bin/tsc'), '--noEmit', '-p', join(root, '.ci/tsconfig.pure.json')],
  types: [tool('vue-tsc/bin/vue-tsc.js'), '--noEmit', '-p', root],
  lint: [tool('eslint/bin/eslint.js'), root],
  build: [tool('electron-vite/bin/electron-vite.js'), 'build', '--logLevel', 'warn'],
};

function run(args) {
  return spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' }).status === 0;
}

function check(name, args) {
  const startedAt = Date.now();
  console.log(`\n— ${name}`);
  const isGood = run(args);
  total[isGood ? 'passed' : 'failed']++;
  console.log(`${isGood ? 'passed' : 'FAILED'}: ${name} (${((Date.now() - startedAt) / 1000).toFixed(1)} s)`);
}

/** Adds the tests of one vitest run; a file that does not load and a run that breaks off count as failed. */
function addTests({ numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults }, isGood) {
  const unloaded = testResults.filter(({ status, assertionResults }) => {
    return status === 'failed' && !assertionResults.some((test) => test.status === 'failed');
  }).length;
  const failed = numFailedTests + unloaded;
  total.passed += numPassedTests;
  total.failed += failed === 0 && !isGood ? 1 : failed;
  total.skipped += numPendingTests + numTodoTests;
}

function checkTests() {
  console.log('\n— tests');
  const folder = mkdtempSync(join(tmpdir(), 'velatura-tests-'));
  const results = join(folder, 'results.json');
  const isGood = run([tool('vitest/vitest.mjs'), 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${results}`]);
  try {
    addTests(JSON.parse(readFileSync(results, 'utf8')), isGood);
  } catch {
    total.failed++;
    console.log('FAILED: the tests broke off without results');
  }
  rmSync(folder, { recursive: true });
}

for (const [name, args] of Object.entries(checks)) check(name, args);
checkTests();
process.exitCode = total.failed > 0 ? 1 : 0;
console.log(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
