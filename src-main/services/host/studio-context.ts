// What every group of requests of the studio works with.
import type { StudioEvent } from '../../contract/studio-api.ts';
import type { StudioStatus } from '../../contract/studio-status.ts';
import type { Documents } from '../documents/documents.ts';
import type { OpenPages } from '../documents/open-pages.ts';
import type { EngineClient } from './engine-client.ts';
import type { Jobs } from './jobs.ts';
import type { KeptFiles } from './kept-files.ts';
import type { PictureShelf } from './picture-shelf.ts';
import type { Platform } from '../platform.ts';
import type { SessionFolder } from './session-folder.ts';
import type { Uploads } from './uploads.ts';

/** What a host lends the studio. */
export interface StudioOptions {
  readonly host: StudioStatus['host'];
  readonly runtime: string;
  readonly platform: Platform;
  readonly engine: EngineClient;
}

/** What every group of requests works with. */
export interface StudioContext extends StudioOptions {
  /** Tells every window. */
  emit(event: StudioEvent): void;
  /** The artist's documents; services follow the open ones. */
  readonly documents: Documents;
  /** Which pages have them open. */
  readonly pages: OpenPages;
  /** Long work. */
  readonly jobs: Jobs;
  /** Encoded pictures for the page, by id. */
  readonly pictures: PictureShelf;
  /** Files the page means, as paths. */
  readonly uploads: Uploads;
  /** Finished files for a page that has no disk. */
  readonly kept: KeptFiles;
  /** For files that nobody needs once the studio has closed. */
  readonly session: SessionFolder;
}
