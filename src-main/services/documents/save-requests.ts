// The request to save a document as an .ora: a job the artist sees, and the file it wrote.
import { basename, extname } from 'node:path';
import { StudioError } from '../../contract/fault.ts';
import type { JobWatch } from '../../contract/job.ts';
import type { StudioApi, WrittenFile } from '../../contract/studio-api.ts';
import { engineScene } from './picture-requests.ts';
import { writtenFile } from '../host/kept-files.ts';
import type { StudioContext } from '../host/studio-context.ts';
import { slugOf } from '../library/style-name.ts';

/** Earlier files of the same name. */
const generations = 3;

export function saveRequests(context: StudioContext): Pick<StudioApi, 'documents.save'> {
  return {
    'documents.save': async ({ document: id, out }) => {
      const document = context.documents.get(id);
      const entry = document.state().head;
      const name = out === undefined ? `${slugOf(document.record().name)}.ora` : basename(out);
      if (extname(name).toLowerCase() !== '.ora') throw new StudioError('usage.invalid', { reason: 'documents are saved as .ora' });
      return new Promise((resolve, reject) => {
        const run = async (watch: JobWatch): Promise<WrittenFile> => {
          try {
            const file = await writtenFile(context.kept, { out, name }, (path) => write(context, { id, entry, out: path, generations: out === undefined ? 0 : generations }, watch));
            resolve(file);
            return file;
          } catch (thrown) {
            reject(thrown instanceof Error ? thrown : new Error(String(thrown)));
            throw thrown;
          }
        };
        context.jobs.add({ kind: 'save', details: { name }, canRetry: false, run });
      });
    },
  };
}

async function write(context: StudioContext, { id, entry, ...file }: { readonly id: string; readonly entry: string; readonly out: string; readonly generations: number }, { signal, progress }: JobWatch): Promise<void> {
  const scene = await engineScene(context, id, entry);
  await context.engine.ask('document.save', { ...scene, ...file, format: 'ora' }, { signal, onProgress: progress });
}
