// npm run velatura -- ARGS: builds the command line when it is stale, then runs it.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { buildIfStale, root, runScript, runToEnd } from './freshness.mjs';

await runScript(async () => {
  buildIfStale('out/main/cli.js');
  await runToEnd(spawn(process.execPath, [join(root, 'out/main/cli.js'), ...process.argv.slice(2)], { stdio: 'inherit' }));
});
