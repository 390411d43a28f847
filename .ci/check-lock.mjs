// Checks that the lock file installs as it stands, names no registry and pins what package.json pins.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
const { dependencies, devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const faults = [];

for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies })) {
  if (!/^\d+\.\d+\.\d+$/.test(version)) faults.push(`package.json: ${name} is "${version}"; write one exact version`);
}
for (const [path, { resolved, integrity }] of Object.entries(packages)) {
  if (path && resolved) faults.push(`lock: ${path} names an address; install with the project's .npmrc`);
  if (path && !integrity) faults.push(`lock: ${path} has no integrity; install it anew`);
}
const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
const trial = spawnSync(npm, ['ci', '--dry-run'], { cwd: root, encoding: 'utf8', shell: process.platform === 'win32' });
if (trial.status !== 0) faults.push(`npm ci would fail; run npm install and look at what it says:\n${trial.stderr}`);

for (const fault of faults) console.log(fault);
console.log(`lock: ${Object.keys(packages).length - 1} packages, ${faults.length} faults`);
process.exitCode = faults.length > 0 ? 1 : 0;
