// Starts a benchmark by name: `npm run bench -- NAME [FLAGS]`.
import { readdirSync } from 'node:fs';

const support = ['run', 'canvas-document', 'canvas-jobs', 'canvas-memory', 'canvas-page', 'machine', 'flops', 'untaught-preset', 'paint-apart', 'session-time', 'mix-cost', 'beside-training', 'studio-teaching'];
const names = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith('.ts'))
  .map((file) => file.replace(/\.ts$/, ''))
  .filter((name) => !support.includes(name));
const [name] = process.argv.splice(2, 1); // what is left are the benchmark's own flags

if (name !== undefined && names.includes(name)) await import(`./${name}.ts`);
else {
  process.stderr.write(`npm run bench -- NAME, one of: ${names.join(', ')}\n`);
  process.exitCode = 2;
}
