// Makes the styles that ship: npx tsx build/make-gallery.ts --trained FOLDER --sample PICTURE [--meters F] [--only REGEX] [--out FOLDER].
import { parseArgs } from 'node:util';
import { makeGallery } from './gallery/gallery.ts';

const { values } = parseArgs({
  options: {
    /** What `velatura train resources/models/recipes/gallery.json` left. */
    trained: { type: 'string', default: 'gallery.training' },
    sample: { type: 'string', default: 'resources/samples/evening-lake.jpg' },
    meters: { type: 'string' },
    only: { type: 'string' },
    out: { type: 'string', default: 'resources/styles' },
  },
});

async function main(): Promise<void> {
  const written = await makeGallery(
    {
      trained: values.trained,
      sample: values.sample,
      out: values.out,
      ...(values.meters !== undefined && { meters: values.meters }),
      ...(values.only !== undefined && { only: new RegExp(values.only) }),
    },
    (line) => process.stdout.write(`${line}\n`),
  );
  process.stdout.write(`${written.length} styles in ${values.out}\n`);
}

await main();
