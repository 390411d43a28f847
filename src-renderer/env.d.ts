// What the bundler and the preload script add to the page's world.
import type { StudioBridge } from '../src-main/contract/studio-bridge.ts';

/** The File System Access API (WICG), which Chromium has: files the artist chose, to be read again when they change. */
interface FilePickerOptions {
  readonly multiple?: boolean;
  readonly types?: readonly { readonly description?: string; readonly accept: Readonly<Record<string, readonly string[]>> }[];
}
interface FilePermission {
  readonly mode: 'read';
}

declare global {
  interface FileSystemHandle {
    queryPermission?(wanted: FilePermission): Promise<PermissionState>;
    requestPermission?(wanted: FilePermission): Promise<PermissionState>;
  }
  interface Window {
    /** Present inside Electron only. */
    readonly velatura?: StudioBridge;
    showOpenFilePicker?(options: FilePickerOptions): Promise<FileSystemFileHandle[]>;
  }
}
