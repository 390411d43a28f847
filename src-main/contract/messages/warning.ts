// Every warning in words that is not a failure, and the details each fills its sentence with.

/** Details by warning key. `file` is a file's name, never a path. */
export const warningDetails = {
  'picture.cmyk-converted': ['file'],
  'picture.animated': ['file', 'pages'],
  'picture.many-pages': ['file', 'pages'],
  'picture.profile-converted': ['file', 'profile'],
  'picture.profile-unreadable': ['file'],
  'picture.small': ['file', 'px'],
  'picture.grey': ['file'],
  'picture.transparent': ['file'],
  'picture.flattened': ['file'],
  'painting.enlarged': ['file', 'px'],
  'painting.few-details': ['file'],
  'photos.few': ['count'],
  'photos.skipped': ['file'],
  'mask.resized': ['file'],
  'network.channels-assumed': ['file', 'channels'],
  'network.range-guessed': ['file', 'range'],
  'network.fixed-size': ['file', 'px'],
  'network.tiles-differ': ['file', 'px'],
  'network.size-assumed': ['file', 'px'],
  'preset.mixed-in-passes': ['passes'],
  'preset.kept-version': ['name', 'version'],
  'preset.unreadable': ['file', 'reason'],
  'device.refused': ['device', 'reason'],
  'device.fell-back': ['device', 'fallback'],
  'training.rolled-back': ['step', 'reason'],
  'training.slowed': ['rate'],
  'training.resumable': ['name'],
  'training.other-environment': ['was', 'now'],
  'evaluation.resized': ['file', 'px'],
  'evaluation.scale-skipped': ['scale', 'px'],
  'settings.replaced': ['file', 'kept'],
  'library.lock-taken-over': ['who', 'since'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type WarningKey = keyof typeof warningDetails;
