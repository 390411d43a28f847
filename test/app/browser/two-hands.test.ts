// A pen in one hand, fingers of the other and a resting palm, as the browser tells them apart.
import type { CDPSession } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openStudio, shootFailures, type StudioDriver } from '../../support/studio-driver.ts';

type Place = readonly [x: number, y: number];

const size = { width: 600, height: 400 };
let studio: StudioDriver;
let input: CDPSession;
/** The document's on the page, px. */
let corner = { x: 0, y: 0 };
let fingersDown: Readonly<Record<number, Place>> = {};
shootFailures(() => studio);

beforeAll(async () => {
  studio = await openStudio();
  await studio.openPicture('white.png', await sharp({ create: { ...size, channels: 3, background: '#fff' } }).png().toBuffer());
  await studio.menu('Layer', 'New layer', 'New paint layer');
  await studio.page.keyboard.press('b');
  await studio.setNumber('Size', 20);
  const box = await studio.page.locator('.surface').boundingBox();
  if (!box) throw new Error('There is no canvas to be seen.');
  corner = { x: box.x + (box.width - size.width) / 2, y: box.y + (box.height - size.height) / 2 };
  input = await studio.page.context().newCDPSession(studio.page);
});

beforeEach(async () => {
  await goAway();
  await studio.page.keyboard.press('Control+0');
  await expect.poll(zoom).toBe(1);
});

afterEach(async () => {
  if (Object.keys(fingersDown).length > 0) await fingers({});
});

afterAll(() => studio?.close());

const pause = (ms: number): Promise<void> => studio.page.waitForTimeout(ms);
const zoom = async (): Promise<number> => Number(await studio.page.locator('.status select').inputValue());

/** A place of the document on the page, at 1:1 and in the middle. */
const onPage = ([x, y]: Place): { readonly x: number; readonly y: number } => ({ x: corner.x + x, y: corner.y + y });

async function pen(type: 'mousePressed' | 'mouseMoved' | 'mouseReleased', place: Place, isDown = true): Promise<void> {
  const isMove = type === 'mouseMoved';
  await input.send('Input.dispatchMouseEvent', { type, ...onPage(place), button: isMove && !isDown ? 'none' : 'left', buttons: isDown ? 1 : 0, force: isDown ? 1 : 0, pointerType: 'pen', clickCount: isMove ? 0 : 1 });
}

const press = (place: Place) => pen('mousePressed', place);
const draw = (place: Place) => pen('mouseMoved', place);
const lift = (place: Place) => pen('mouseReleased', place, false);
const hover = (place: Place) => pen('mouseMoved', place, false);
/** Off the canvas, so that its outline is not taken for paint. */
const goAway = () => input.send('Input.dispatchMouseEvent', { type: 'mouseMoved', x: 2, y: 790, button: 'none', buttons: 0, pointerType: 'pen' });

/** The end of a stroke that is told to the host. */
async function finish(place: Place): Promise<void> {
  await studio.tells(() => lift(place));
}

/** All fingers that are down from now on, by number. */
async function fingers(next: Readonly<Record<number, Place>>): Promise<void> {
  const touchPoints = Object.entries(next).map(([id, place]) => ({ id: Number(id), ...onPage(place) }));
  const isMore = touchPoints.length > Object.keys(fingersDown).length;
  await input.send('Input.dispatchTouchEvent', { type: touchPoints.length === 0 ? 'touchEnd' : isMore ? 'touchStart' : 'touchMove', touchPoints });
  fingersDown = next;
}

/** Where the picture is not white, in tens of document px; undefined: nowhere. */
async function painted(): Promise<readonly number[] | undefined> {
  const { data, width } = await studio.screen();
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = 0; i < data.length; i += 3) {
    if ((data[i] ?? 0) > 128) continue;
    const [x, y] = [(i / 3) % width, Math.floor(i / 3 / width)];
    [left, top, right, bottom] = [Math.min(left, x), Math.min(top, y), Math.max(right, x), Math.max(bottom, y)];
  }
  return left > right ? undefined : [left, top, right, bottom].map((px) => Math.round(px / 10));
}

/** The steps there are at rest, and that all paint is theirs. */
async function stepsAtRest(): Promise<number> {
  await goAway();
  await studio.saved();
  await studio.agrees();
  return (await studio.steps()).length;
}

async function undo(): Promise<void> {
  await goAway();
  await studio.tells(() => studio.page.keyboard.press('Control+z'));
  await expect.poll(painted).toBeUndefined();
}

describe('a pen and the other hand', () => {
  test('a palm and fingers that touch while the pen draws change nothing of its stroke', async () => {
    await hover([100, 100]);
    await press([100, 100]);
    await draw([150, 100]);
    await fingers({ 1: [300, 300] });
    await fingers({ 1: [320, 330] });
    await draw([170, 100]);
    await fingers({ 1: [320, 330], 2: [420, 300] });
    await fingers({ 1: [250, 330], 2: [500, 200] });
    await draw([190, 100]);
    await fingers({ 1: [250, 330] });
    await fingers({});
    await expect.poll(() => studio.page.locator('.ring').count()).toBe(1); // The pen's outline stays.
    await draw([240, 100]);
    await finish([240, 100]);
    await goAway();
    expect(await zoom()).toBe(1);
    await expect.poll(painted).toEqual([9, 9, 25, 11]);
    await undo();
  });

  test('one finger does not paint while the pen is near, and paints again once it has gone', async () => {
    const steps = await stepsAtRest();
    await Promise.all([hover([100, 100]), fingers({ 1: [300, 200] })]); // At once, however busy the machine is.
    await fingers({ 1: [360, 200] });
    await fingers({});
    expect(await stepsAtRest()).toBe(steps);
    expect(await painted()).toBeUndefined();
    await pause(600);
    await fingers({ 1: [300, 200] });
    await fingers({ 1: [360, 200] });
    await studio.tells(() => fingers({}));
    await expect.poll(painted).toEqual([29, 19, 37, 21]);
    await undo();
  });

  test('two fingers zoom the view under a pen that hovers, and nothing is painted', async () => {
    const steps = await stepsAtRest();
    await hover([500, 100]);
    await fingers({ 1: [250, 200] });
    await hover([510, 100]);
    await fingers({ 1: [250, 200], 2: [350, 200] });
    await hover([520, 110]);
    await fingers({ 1: [200, 200], 2: [400, 200] });
    await hover([510, 100]);
    await expect.poll(zoom).toBe(2);
    await fingers({ 1: [200, 200] });
    await fingers({});
    expect(await zoom()).toBe(2);
    await studio.page.keyboard.press('Control+0');
    await expect.poll(zoom).toBe(1);
    expect(await stepsAtRest()).toBe(steps);
    expect(await painted()).toBeUndefined();
  });

  test('a hand that stays on the canvas as the pen is lifted moves nothing with one finger more', async () => {
    await press([100, 100]);
    await fingers({ 1: [300, 300] });
    await draw([200, 100]);
    await finish([200, 100]);
    await goAway();
    await fingers({ 1: [300, 300], 2: [400, 300] });
    await fingers({ 1: [200, 300], 2: [500, 300] });
    expect(await zoom()).toBe(1);
    await fingers({ 1: [200, 300], 2: [500, 300], 3: [300, 300] });
    await fingers({ 1: [200, 300], 2: [500, 300], 3: [400, 300] });
    await expect.poll(zoom).toBe(0.5);
    await fingers({});
    await studio.page.keyboard.press('Control+0');
    await expect.poll(painted).toEqual([9, 9, 21, 11]);
    await undo();
  });

  test('a second finger takes back what the first one began, and moves the view', async () => {
    await pause(600);
    const steps = await stepsAtRest();
    await fingers({ 1: [250, 200] });
    await fingers({ 1: [270, 200] });
    await expect.poll(painted).toBeDefined();
    await fingers({ 1: [270, 200], 2: [370, 200] });
    await expect.poll(painted).toBeUndefined();
    await fingers({ 1: [220, 200], 2: [420, 200] });
    await expect.poll(zoom).toBe(2);
    await fingers({});
    await studio.page.keyboard.press('Control+0');
    await expect.poll(zoom).toBe(1);
    expect(await stepsAtRest()).toBe(steps);
    expect(await painted()).toBeUndefined();
  });

  test('the pen takes over from a palm that touched before it', async () => {
    await pause(600);
    await fingers({ 1: [300, 300] });
    await fingers({ 1: [340, 300] });
    await expect.poll(painted).toBeDefined();
    await press([100, 100]);
    await fingers({ 1: [360, 320] });
    await draw([200, 100]);
    await fingers({});
    await draw([240, 100]);
    await finish([240, 100]);
    await goAway();
    await expect.poll(painted).toEqual([9, 9, 25, 11]);
    await studio.agrees();
    await undo();
  });

  test('nothing was complained of', () => {
    expect(studio.complaints).toEqual([]);
  });
});
