// Journey: limits are set, given back to the program, and odd ones refused in words; what was kept is there after a reload.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openStudio, shootFailures, type StudioDriver } from '../../support/studio-driver.ts';

let studio: StudioDriver;
const dialog = () => studio.page.getByRole('dialog', { name: 'Settings' });
const threads = () => dialog().getByRole('spinbutton', { name: 'Threads' });
const kept = async (): Promise<Record<string, unknown>> => ({ ...(await (await studio.wire()).ask('settings.read')) });

async function open(tab: string): Promise<void> {
  await studio.page.keyboard.press('Control+,');
  await dialog().getByRole('tab', { name: tab }).click();
}

async function type(words: string): Promise<void> {
  await threads().fill(words);
  await threads().press('Enter');
}

beforeAll(async () => void (studio = await openStudio()));
afterAll(() => studio?.close());
shootFailures(() => studio);

test('what was set is given back to the program', async () => {
  await open('Performance');
  const memory = dialog().getByRole('combobox', { name: 'Memory for pixels' });
  await memory.selectOption('512');
  await type('3');
  await expect.poll(kept).toMatchObject({ memoryMB: 512, threads: 3 });
  await memory.selectOption('');
  await type('');
  await expect.poll(async () => Object.keys(await kept()).filter((key) => key === 'memoryMB' || key === 'threads')).toEqual([]);
  await studio.reopen();
  await open('Performance');
  expect([await memory.inputValue(), await threads().inputValue()]).toEqual(['', '']);
});

test("what is being typed outlives another setting's answer", async () => {
  await threads().fill('5');
  await dialog().getByRole('combobox', { name: 'Memory for pixels' }).evaluate((memory: HTMLSelectElement) => {
    memory.value = '512';
    memory.dispatchEvent(new Event('change')); // Without the field losing its focus, which would end the typing.
  });
  await expect.poll(kept).toMatchObject({ memoryMB: 512 });
  await studio.page.waitForFunction("document.querySelector('#app').__vue_app__.config.globalProperties.$pinia._s.get('settings').settings.memoryMB === 512");
  expect(await threads().inputValue()).toBe('5');
  await threads().press('Enter');
  await expect.poll(kept).toMatchObject({ threads: 5 });
});

test.each(['-3', '0', '2.5', '300'])('%s threads are refused in words, and nothing is changed', async (words) => {
  await type('3');
  await expect.poll(kept).toMatchObject({ threads: 3 });
  await type(words);
  expect(await dialog().getByRole('alert').innerText()).toMatch(/^A whole number from 1 to 256/);
  await studio.shoot('settings-threads-odd');
  expect(await threads().inputValue()).toBe('3');
  expect(await kept()).toMatchObject({ threads: 3 });
  await type('4');
  await dialog().getByRole('alert').waitFor({ state: 'detached' });
  expect(studio.complaints).toEqual([]);
});
