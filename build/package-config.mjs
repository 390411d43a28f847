// How the desktop program is packed: what goes into the archive, what stays beside it, and what Electron is locked to.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './freshness.mjs';

/** Folder names of onnxruntime-node by the platform they serve. */
const runtimeFolders = ['darwin', 'linux', 'win32'];

/** Leaves out the runtime's binaries for other systems: they are four fifths of its size. */
function foreignBinaries(platform, arch) {
  const folder = 'node_modules/onnxruntime-node/bin/napi-v6';
  return [
    ...runtimeFolders.filter((name) => name !== platform).map((name) => `!${folder}/${name}/**`),
    `!${folder}/${platform}/!(${arch})/**`,
  ];
}

const wasmImages = join(root, 'node_modules/@img/sharp-wasm32');

/** True where the image library's WebAssembly build is installed: the only one that works inside Electron on Linux. */
export function hasWasmImages() {
  return existsSync(wasmImages);
}

/** The build of the image library that the package does without: Linux needs WebAssembly, the others native code. */
function needlessImages(platform) {
  if (platform !== 'linux') return ['!node_modules/@img/sharp-wasm32/**', '!node_modules/@emnapi/**'];
  return hasWasmImages() ? ['!node_modules/@img/sharp-linux*/**', '!node_modules/@img/sharp-libvips-*/**'] : [];
}

/** platform: 'linux' | 'win32' | 'darwin'; arch: 'x64' | 'arm64'. */
export function packageConfig(platform, arch) {
  return {
    appId: 'org.velatura.studio',
    productName: 'Velatura',
    npmRebuild: false,
    asar: true,
    directories: { output: 'dist', buildResources: 'build' },
    files: ['out/**', 'resources/**', 'package.json', 'LICENSE', '!**/*.map', ...foreignBinaries(platform, arch), ...needlessImages(platform)],
    // Native libraries are loaded by the system, which cannot read the archive. out/** stays inside: ES modules
    // beside the archive would not find packages in it.
    asarUnpack: [
      'resources/**',
      'out/main/fonts/**', // Read in parts.
      'node_modules/sharp/**',
      'node_modules/@img/**',
      'node_modules/onnxruntime-node/**',
      'node_modules/onnxruntime-common/**',
    ],
    electronFuses: {
      runAsNode: false,
      enableCookieEncryption: true,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
      grantFileProtocolExtraPrivileges: false,
    },
    linux: { target: ['AppImage', 'tar.gz'], category: 'Graphics', icon: 'build/icon.png' },
    win: { target: ['nsis', 'zip'], icon: 'build/icon.png' },
    nsis: { oneClick: false, perMachine: false, allowToChangeInstallationDirectory: true },
    mac: { target: ['dmg', 'zip'], category: 'public.app-category.graphics-design', icon: 'build/icon.png' },
    publish: null,
  };
}
