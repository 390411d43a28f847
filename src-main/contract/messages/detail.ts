// The details every fault carries, by code: what a thrower gives and a sentence may use.
import type { FaultCode } from '../fault.ts';

/**
 * `file` is a file's name, `folder` a folder's name, never a whole path. `reason` is a short technical clause in English
 * for a report; `px`, `limit`, `count`, `size` are numbers; `name` is a style's name.
 */
export const faultDetails: Readonly<Record<FaultCode, readonly string[]>> = {
  'usage.invalid': ['reason'],
  'picture.missing': ['file'],
  'picture.empty': ['file'],
  'picture.not-a-picture': ['file'],
  'picture.corrupt': ['file', 'reason'],
  'picture.too-large': ['file', 'width', 'height', 'limit'],
  'picture.too-small': ['file', 'width', 'height', 'limit'],
  'picture.unsupported': ['file', 'format'],
  'disk.full': ['file'],
  'disk.read-only': ['file'],
  'disk.no-folder': ['folder'],
  'disk.failed': ['file', 'reason'],
  'preset.missing': ['name', 'known'],
  'preset.corrupt': ['file', 'reason'],
  'preset.newer': ['file', 'version', 'known'],
  'preset.other-base': ['file'],
  'network.corrupt': ['file', 'reason'],
  'network.not-an-image-network': ['file', 'reason'],
  'network.external-data': ['file'],
  'network.custom-operator': ['file', 'operator'],
  'network.too-large': ['file', 'limit'],
  'features.missing': [],
  'features.unusable': ['file', 'reason'],
  'photos.too-few': ['folder', 'count', 'limit'],
  'mask.wrong-size': ['file', 'reason'],
  'session.rejected': ['provider', 'reason'],
  'session.failed': ['provider', 'reason'],
  'session.out-of-memory': ['provider'],
  'device.unavailable': ['provider', 'reason'],
  'tensor.shape-mismatch': ['expected', 'got'],
  'graph.no-gradient': ['reason'],
  'graph.illegal': ['reason'],
  'training.diverged': ['step', 'reason'],
  'training.process-lost': ['reason'],
  'checkpoint.missing': ['folder'],
  'checkpoint.corrupt': ['file', 'reason'],
  'checkpoint.other-recipe': ['file', 'reason'],
  'library.locked': ['who', 'since'],
  'job.cancelled': [],
  internal: ['reason'],
};
