// npm run package: packs the desktop program for this machine into dist/. Fetches Electron's runtime.
import { build } from 'electron-builder';
import { buildIfStale, root, runScript } from './freshness.mjs';
import { hasWasmImages, packageConfig } from './package-config.mjs';

await runScript(async () => {
  if (process.platform === 'linux' && !hasWasmImages()) {
    throw new Error('The package for Linux needs the image library as WebAssembly. Run: npm install --no-save @img/sharp-wasm32@0.35.5');
  }
  buildIfStale('out/main/index.js');
  await build({ projectDir: root, config: packageConfig(process.platform, process.arch) });
});
