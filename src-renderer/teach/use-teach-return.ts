// A page that is loaded anew while a style is taught comes back to the run it showed, and to the document the run began in.
import { watch } from 'vue';
import { keep, readKept } from '../client/page-storage.ts';
import { useDocument } from '../document/document-store.ts';
import { useLibrary } from '../document/library-store.ts';
import { useShell } from '../shell/shell-store.ts';
import { useTeach } from './teach-store.ts';

/** In sessionStorage, which is this window's alone: the run that is in sight. */
const runKey = 'velatura.taughtRun';

export function useTeachReturn(): void {
  const [teach, shell, studio, library] = [useTeach(), useShell(), useDocument(), useLibrary()];
  const left = readKept('session', runKey);

  watch(
    () => (shell.workspace === 'teach' ? teach.watched : undefined),
    (run) => keep('session', runKey, run),
  );
  if (left === undefined) return;

  const comeBack = async (): Promise<void> => {
    const run = teach.runs.get(left);
    if (!run) return;
    stop();
    if (shell.workspace !== 'paint' || studio.record || library.isOpening) return; // The artist was quicker.
    teach.watched = left;
    shell.workspace = 'teach';
    await library.openOf(run.place?.document);
  };
  const stop = watch(() => teach.runs, () => void comeBack());
}
