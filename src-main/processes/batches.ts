// The batch thread: draws what the next steps are fed while the trainer's thread is in the current one.
import { parentPort, workerData } from 'node:worker_threads';
import { createBatches } from '../engine/training/batch.ts';
import type { BatchOrder, DrawnBatch } from '../engine/training/batch-source.ts';

const { dataset, rule, from } = workerData as BatchOrder;
const batches = createBatches(dataset, rule, from);

parentPort?.on('message', () => {
  const batch = batches.next();
  const drawn: DrawnBatch = { batch, state: batches.state() };
  parentPort?.postMessage(drawn, [batch.content, batch.noise, batch.patches].map(({ data }) => data.buffer as ArrayBuffer));
});
