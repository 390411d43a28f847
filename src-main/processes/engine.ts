// The engine process: models run here, so that a run blocks no window and a crash takes none with it.
import type { EngineAnswer, EngineCall, EngineCancel, EngineMessage, EngineMethod, EngineParams } from '../contract/engine-api.ts';
import type { JobProgress } from '../contract/job.ts';
import { resultOf } from '../contract/result.ts';
import { addZeroModel } from '../engine/runtime/add-zero-model.ts';
import { createOrtSessions } from '../engine/runtime/ort-node.ts';
import { measurePictures, sheetOf } from '../services/variants/compare-pictures.ts';
import { exportFile } from '../services/export/export-file.ts';
import { flattenFile } from '../services/glaze/flatten-file.ts';
import { glazeEngine } from '../services/glaze/glaze-engine.ts';
import { importFile } from '../services/documents/import-file.ts';
import { giveMemoryBackAtRest } from '../services/idle-memory.ts';
import { inspectStyleNetwork } from '../services/inspect-style-network.ts';
import { placePicture, transformPicture } from '../services/documents/place-picture.ts';
import { placeMasks } from '../services/recipe-masks.ts';
import { knownStyles } from '../services/variants/known-style.ts';
import { keptFeatures } from '../services/variants/picture-meters.ts';
import { sampleStyle } from '../services/documents/sample-style.ts';
import { saveFile } from '../services/documents/save-file.ts';
import { surveyFile } from '../services/teach/survey-file.ts';
import { textEngine } from '../services/text/text-engine.ts';
import { variantPainter } from '../services/variants/variant-paint.ts';
import { editsFirst } from './edits-first.ts';
import { serveOwner, type Owner } from './owner.ts';

const runtime = createOrtSessions();
const { sessions, edit } = editsFirst(runtime);

interface Work {
  readonly signal: AbortSignal;
  progress(progress: JobProgress): void;
}

type Answers = { readonly [M in EngineMethod]: (params: EngineParams<M>, work: Work) => Promise<EngineAnswer<M>> };

let owner: Owner | undefined;
/** What is told unasked; nobody is there to be told before the first question. */
const glazes = glazeEngine(sessions, async (event) => owner?.send({ kind: 'event', event } satisfies EngineMessage));

const features = keptFeatures(sessions);
const known = knownStyles(sessions);
const variants = variantPainter(glazes.desk, sessions, features, known);

const texts = textEngine((message) => console.error(message));

const answers: Answers = {
  /** Opens a real model: an engine whose runtime does not load must not look well. */
  async status() {
    const session = await sessions.open(addZeroModel(), { provider: 'cpu', threads: 1 });
    await session.release();
    return { runtime: `onnxruntime ${runtime.version}` };
  },
  'painting.survey': surveyFile,
  'network.inspect': ({ path }) => inspectStyleNetwork(path),
  'style.sample': (request, work) => sampleStyle(request, { ...work, warn: () => undefined }),
  'picture.place': (request, work) => edit(() => placePicture(request, work)),
  'picture.transform': (request, work) => edit(() => transformPicture(request, work)),
  ...texts,
  'text.render': (request, work) => edit(() => texts['text.render'](request, work)),
  ...glazes.answers,
  'recipe.masks': ({ masks, canvas, assets }, { signal }) => edit(() => placeMasks(masks, canvas, assets, { signal })),
  'picture.flatten': (request, work) => flattenFile(request, glazes.desk, sessions, work),
  'document.export': (request, work) => exportFile(request, glazes.desk, sessions, work),
  'document.save': (request, work) => saveFile(request, glazes.desk, sessions, work),
  'variant.paint': (request, work) => variants.paint(request, work.signal),
  'compare.measure': async (request) => measurePictures(request, await features(request.folders.resources), known),
  'compare.sheet': (request) => sheetOf(request),
  'document.import': (request, work) => edit(() => importFile(request, work)),
};

const running = new Map<number, AbortController>();

function isMessage(message: unknown): message is EngineCall | EngineCancel {
  if (typeof message !== 'object' || message === null || !('id' in message) || !('kind' in message)) return false;
  if (message.kind === 'cancel') return true;
  return message.kind === 'call' && 'method' in message && Object.hasOwn(answers, String(message.method));
}

giveMemoryBackAtRest();
serveOwner((message, from) => {
  if (!isMessage(message)) return;
  owner = from;
  const { id } = message;
  if (message.kind === 'cancel') return running.get(id)?.abort();
  const tell = (news: EngineMessage): void => void from.send(news);
  const controller = new AbortController();
  running.set(id, controller);
  const work: Work = { signal: controller.signal, progress: (progress) => tell({ kind: 'progress', id, progress }) };
  const handler = answers[message.method] as (params: unknown, work: Work) => Promise<unknown>;
  void resultOf(() => handler(message.params, work)).then((result) => {
    running.delete(id);
    tell({ kind: 'reply', id, result });
  });
});
