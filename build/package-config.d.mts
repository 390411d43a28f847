// Types of package-config.mjs.
import type { Configuration } from 'electron-builder';

export declare function packageConfig(platform: 'linux' | 'win32' | 'darwin', arch: 'x64' | 'arm64'): Configuration;
export declare function hasWasmImages(): boolean;
