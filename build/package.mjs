// npm run package: packs the desktop program for this machine into dist/. Fetches Electron's runtime.
import { build } from 'electron-builder';
import { buildIfStale, root, runScript } from './freshness.mjs';
import { packageConfig } from './package-config.mjs';

await runScript(async () => {
  buildIfStale('out/main/index.js');
  await build({ projectDir: root, config: packageConfig(process.platform, process.arch) });
});
