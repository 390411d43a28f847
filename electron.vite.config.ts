// How the three parts are built: main and its child processes, the preload script, the renderer.
import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'electron-vite';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { bundledFonts } from './build/bundled-fonts.ts';
import { licences } from './build/licences.ts';

const at = (path: string): string => resolve(import.meta.dirname, path);

/** Entries of out/main; the name is the file's name there. */
const mainEntries = {
  index: 'src-main/hosts/electron/main.ts',
  child: 'src-main/hosts/electron/child.ts',
  browser: 'src-main/hosts/browser/main.ts',
  cli: 'src-main/hosts/cli/main.ts',
  engine: 'src-main/processes/engine.ts',
  trainer: 'src-main/processes/trainer.ts',
  batches: 'src-main/processes/batches.ts',
  store: 'src-main/processes/store.ts',
};

const presentEntries = Object.entries(mainEntries).flatMap(([name, path]) => (existsSync(at(path)) ? [[name, at(path)]] : []));

export default defineConfig({
  main: {
    plugins: [licences('installed', import.meta.dirname), bundledFonts(import.meta.dirname)],
    build: {
      outDir: 'out/main',
      externalizeDeps: true,
      sourcemap: true,
      rolldownOptions: {
        input: Object.fromEntries(presentEntries),
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      externalizeDeps: false, // A sandboxed preload script is one self-contained CommonJS file.
      rolldownOptions: {
        input: { index: at('src-main/hosts/electron/preload.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'src-renderer',
    plugins: [vue(), licences('bundled', import.meta.dirname)],
    define: {
      __VUE_OPTIONS_API__: false,
      __INTLIFY_PROD_DEVTOOLS__: false,
      __INTLIFY_JIT_COMPILATION__: true, // Messages compile without eval: the page forbids it.
    },
    build: {
      outDir: 'out/renderer',
      assetsInlineLimit: 0, // The page's policy lets fonts and pictures come from files only.
      assetsDir: 'page', // /assets belongs to the studio's pixels.
      rolldownOptions: { input: { index: at('src-renderer/index.html') } },
    },
  },
});
