// Starts the thread that draws a run's batches.
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { prefetched, type BatchOrder, type DrawingThread, type DrawnBatch, type OpenBatches } from '../../engine/training/batch-source.ts';
import { entryScript, type EntryScript } from '../node-platform.ts';

/** Batches drawn beside the steps. The dataset's pictures should lie in shared memory, or they are copied. */
export const drawnBeside: OpenBatches = (dataset, rule, from) => prefetched(startThread({ dataset, rule, from }), from);

function startThread(order: BatchOrder): DrawingThread {
  const worker = openWorker(entryScript('batches'), order);
  worker.unref(); // a run that ends early does not wait for batches nobody wants
  return {
    ask: () => worker.postMessage('next'),
    onBatch: (listener) => void worker.on('message', (drawn: DrawnBatch) => listener(drawn)),
    onLoss: (listener) => {
      worker.once('error', listener);
      worker.once('exit', (code) => listener(new Error(`the batch thread ended with code ${code}`)));
    },
    stop: async () => void (await worker.terminate()),
  };
}

/** A thread of Node 20 takes no loader on its command line, so a source is reached through a line of plain JavaScript. */
function openWorker({ script, loader }: EntryScript, workerData: BatchOrder): Worker {
  if (loader === undefined) return new Worker(script, { workerData });
  const api = new URL('./esm/api/index.mjs', loader).href;
  const source = JSON.stringify(pathToFileURL(script).href);
  return new Worker(`import(${JSON.stringify(api)}).then(({ register }) => (register(), import(${source})))`, { eval: true, workerData });
}
