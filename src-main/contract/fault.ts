// Every failure the artist can be told about, and the error that carries one inside a layer.

/** Closed list of fault codes; each has a sentence and a remedy in every language (contract/messages). */
export const faultCodes = [
  'usage.invalid',
  'picture.missing',
  'picture.empty',
  'picture.not-a-picture',
  'picture.corrupt',
  'picture.too-large',
  'picture.too-small',
  'picture.unsupported',
  'picture.crop-outside',
  'picture.not-placed',
  'painting.crop-small',
  'disk.full',
  'disk.read-only',
  'disk.no-folder',
  'disk.failed',
  'disk.exists',
  'home.gone',
  'home.unreadable',
  'home.fixed',
  'home.not-absolute',
  'home.same',
  'home.inside',
  'home.no-folder',
  'home.not-empty',
  'home.locked',
  'home.busy',
  'home.not-copied',
  'home.moved',
  'preset.missing',
  'preset.corrupt',
  'preset.newer',
  'preset.other-base',
  'preset.shipped',
  'preset.exists',
  'preset.needed',
  'preset.no-reference',
  'preset.not-migrated',
  'mix.other-base',
  'mix.brushed',
  'mix.foreign',
  'network.corrupt',
  'network.not-an-image-network',
  'network.external-data',
  'network.custom-operator',
  'network.too-large',
  'features.missing',
  'features.unusable',
  'photos.too-few',
  'mask.wrong-size',
  'session.rejected',
  'session.failed',
  'session.out-of-memory',
  'device.unavailable',
  'tensor.shape-mismatch',
  'graph.no-gradient',
  'graph.illegal',
  'training.diverged',
  'training.process-lost',
  'training.locked',
  'checkpoint.missing',
  'checkpoint.corrupt',
  'checkpoint.other-recipe',
  'library.locked',
  'engine.lost',
  'host.lost',
  'document.conflict',
  'document.missing',
  'document.corrupt',
  'document.newer',
  'document.read-only',
  'document.open-elsewhere',
  'document.too-large',
  'document.step-too-large',
  'document.history-too-long',
  'asset.missing',
  'asset.corrupt',
  'font.unusable',
  'text.too-large',
  'upload.missing',
  'upload.too-large',
  'upload.unreadable',
  'upload.folder',
  'file.not-a-document',
  'file.unpacks-too-large',
  'job.missing',
  'job.cancelled',
  'internal',
] as const;

export type FaultCode = (typeof faultCodes)[number];

/** Values that fill a message's {placeholders}. File names only, never an artist's whole path, where they may travel. */
export type FaultDetails = Readonly<Record<string, string | number>>;

/** A failure as plain data: error fields do not survive a process border. */
export interface Fault {
  readonly code: FaultCode;
  readonly details: FaultDetails;
}

/** Thrown inside a layer; becomes a Fault where it crosses a process. */
export class StudioError extends Error {
  override readonly name = 'StudioError';
  readonly code: FaultCode;
  readonly details: FaultDetails;

  constructor(code: FaultCode, details: FaultDetails = {}, options?: { cause?: unknown }) {
    super(`${code} ${JSON.stringify(details)}`, options);
    this.code = code;
    this.details = details;
  }
}

/** Any thrown value as a fault: a StudioError keeps its code, everything else is `internal` with its message. */
export function faultOf(thrown: unknown): Fault {
  if (thrown instanceof StudioError) return { code: thrown.code, details: thrown.details };
  return { code: 'internal', details: { reason: thrown instanceof Error ? thrown.message : String(thrown) } };
}
