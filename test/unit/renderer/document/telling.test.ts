// What the page tells the host: in order, all of it, and nothing after a refusal.
import { describe, expect, test } from 'vitest';
import { StudioError } from '../../../../src-main/contract/fault.ts';
import type { StudioClient } from '../../../../src-renderer/client/studio-client.ts';
import { createTelling } from '../../../../src-renderer/document/telling.ts';

interface Heard {
  readonly method: string;
  answer(value: unknown): void;
  refuse(code: 'document.conflict'): void;
}

/** A host whose answers are given by hand. */
function scriptedHost(): { readonly studio: StudioClient; readonly heard: Heard[] } {
  const heard: Heard[] = [];
  const ask = (method: string): Promise<never> =>
    new Promise((resolve, reject) => heard.push({ method, answer: (value) => resolve(value as never), refuse: (code) => reject(new StudioError(code)) }));
  return { studio: { ask } as StudioClient, heard };
}

const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

describe('telling', () => {
  test('asks the host also where nobody waits for the answer', async () => {
    const { studio, heard } = scriptedHost();
    const { tell } = createTelling(studio);
    void tell('documents.close', { document: 'd' });
    await turn();
    expect(heard.map(({ method }) => method)).toEqual(['documents.close']);
  });

  test('sends the next only when the one before is answered, and counts what is under way', async () => {
    const { studio, heard } = scriptedHost();
    const { tell, pending, settled } = createTelling(studio);
    void tell('documents.close', { document: 'a' });
    void tell('documents.remove', { document: 'b' });
    await turn();
    expect(heard).toHaveLength(1);
    expect(pending.value).toBe(2);
    heard[0]?.answer(null);
    await turn();
    expect(heard.map(({ method }) => method)).toEqual(['documents.close', 'documents.remove']);
    heard[1]?.answer(null);
    await settled();
    expect(pending.value).toBe(0);
  });

  test('tells nothing after a refusal and says why', async () => {
    const { studio, heard } = scriptedHost();
    const { tell, fault, settled } = createTelling(studio);
    void tell('documents.close', { document: 'a' });
    void tell('documents.remove', { document: 'b' });
    await turn();
    heard[0]?.refuse('document.conflict');
    await settled();
    expect(heard).toHaveLength(1);
    expect(fault.value?.code).toBe('document.conflict');
  });
});
