// What the bundler and the preload script add to the page's world.
import type { StudioBridge } from '../src-main/contract/studio-bridge.ts';

declare global {
  interface Window {
    /** Present inside Electron only. */
    readonly velatura?: StudioBridge;
  }
}
