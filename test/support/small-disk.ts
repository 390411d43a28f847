// A real disk of a few megabytes for one test, where this machine allows mounting.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

const mount = (...words: string[]): boolean => spawnSync('mount', words).status === 0;

/** Why no disk can be mounted here, or undefined. */
export function smallDiskMissing(): string | undefined {
  if (process.platform !== 'linux') return 'disks are mounted on Linux only';
  const folder = mkdtempSync(join(tmpdir(), 'velatura-disk-'));
  const mounted = mount('-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', folder);
  if (mounted) spawnSync('umount', [folder]);
  rmSync(folder, { recursive: true });
  return mounted ? undefined : 'this user may not mount a disk';
}

/** A disk of `megabytes`, gone when the test ends; `makeReadOnly` lets nobody write to it, root included. */
export function smallDisk(megabytes: number): { readonly folder: string; makeReadOnly(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'velatura-disk-'));
  if (!mount('-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder)) throw new Error(`no disk could be mounted at ${folder}`);
  onTestFinished(() => {
    spawnSync('umount', [folder]);
    rmSync(folder, { recursive: true });
  });
  return { folder, makeReadOnly: () => void mount('-o', 'remount,ro', folder) };
}
