// A program of its own that paints into a document until it is killed, and says what it was told is kept.
import { documentsIn, paint } from './open-documents.ts';

const [home = '', id = ''] = process.argv.slice(2);
const document = await documentsIn(home).open(id);
const said = (news: object): void => void process.stdout.write(`${JSON.stringify(news)}\n`);
said({ opened: document.history().entries.length, notes: document.notes });
for (let n = 0; ; n++) {
  const seed = Math.floor(Math.random() * 1e9);
  const entry = await paint(document, seed, `${n % 3},${n % 2}`);
  said({ kept: entry.id });
  if (n % 5 === 4) {
    await document.write({ kind: 'move', head: entry.parent, redo: [entry.id] });
    await document.write({ kind: 'move', head: entry.id, redo: [] });
  }
  if (n % 20 === 19) await document.sync();
}
