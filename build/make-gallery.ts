// Makes the styles that ship: npx tsx build/make-gallery.ts --table FOLDER --sample PICTURE [--base F] [--meters F] [--only REGEX] [--out FOLDER].
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { makeGallery } from './gallery/gallery.ts';

const { values } = parseArgs({
  options: {
    base: { type: 'string', default: 'resources/models/base.vstyle' },
    /** Folder with table.safetensors and table.json. */
    table: { type: 'string', default: 'resources/models' },
    sample: { type: 'string' },
    meters: { type: 'string' },
    only: { type: 'string' },
    out: { type: 'string', default: 'resources/styles' },
  },
});
if (values.sample === undefined) throw new Error('write --sample PICTURE: what the thumbnails show');

const written = await makeGallery(
  {
    base: values.base,
    codes: join(values.table, 'table.safetensors'),
    slugs: join(values.table, 'table.json'),
    sample: values.sample,
    out: values.out,
    ...(values.meters !== undefined && { meters: values.meters }),
    ...(values.only !== undefined && { only: new RegExp(values.only) }),
  },
  (line) => process.stdout.write(`${line}\n`),
);
process.stdout.write(`${written.length} styles in ${values.out}\n`);
