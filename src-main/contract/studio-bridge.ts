// What Electron's preload lends the page: the line to the studio, paths, the system's dialogs and notifications, a restart.
import type { StudioCall, StudioEvent, StudioReply } from './studio-api.ts';

/** What a notification of the system says. */
export interface SystemNotice {
  readonly title: string;
  readonly body: string;
}

/** What Electron's preload lends the page, as `window.velatura`. */
export interface StudioBridge {
  call(call: StudioCall): Promise<StudioReply>;
  onEvent(listener: (event: StudioEvent) => void): void;
  /** Path of a file that was dropped or chosen; '' where it has none. */
  pathOf(file: object): string;
  /** The system's dialogs; undefined where the artist thought better of it. */
  chooseOpen(options: { readonly multiple: boolean; readonly kinds: readonly string[] }): Promise<readonly string[] | undefined>;
  chooseSave(options: { readonly name: string }): Promise<string | undefined>;
  chooseFolder(): Promise<string | undefined>;
  /** Ends the program and starts it again. */
  restart(): Promise<void>;
  /** A notification of the system; clicked, it brings the window to the front. */
  notify(notice: SystemNotice): Promise<void>;
}
