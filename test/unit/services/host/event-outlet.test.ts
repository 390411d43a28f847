// Events to a page that does not keep up: nothing that counts is lost, nothing superfluous is sent.
import { beforeEach, describe, expect, test } from 'vitest';
import type { GlazeTiles } from '../../../../src-main/contract/glaze-tiles.ts';
import type { StudioEvent } from '../../../../src-main/contract/studio-api.ts';
import { createEventOutlet, joinPaint, type EventOutlet } from '../../../../src-main/services/host/event-outlet.ts';

let sent: StudioEvent[];
let isFull: boolean;
let outlet: EventOutlet;

beforeEach(() => {
  sent = [];
  isFull = false;
  outlet = createEventOutlet({ send: (event) => sent.push(event), isFull: () => isFull });
});

const paint = (sequence: number, tiles: GlazeTiles['tiles'], more: Partial<GlazeTiles> = {}): GlazeTiles => ({
  document: 'd',
  layer: 'g',
  sequence,
  whole: false,
  tiles,
  coarse: false,
  atRest: false,
  state: 's',
  painted: Object.fromEntries(Object.keys(tiles).map((place) => [place, `s${sequence}`])),
  ...more,
});
const job = (id: string, sequence: number): StudioEvent => ({
  kind: 'job',
  job: { id, kind: 'export', details: {}, state: 'running', canCancel: true, canRetry: false, sequence },
});
const variant = (index: number): StudioEvent => ({ kind: 'variant', job: 'j', index, picture: 'p', width: 1, height: 1 });

describe('an outlet', () => {
  test('sends at once while the page keeps up', () => {
    for (const event of [job('a', 1), job('a', 2), variant(0)]) outlet.tell(event);
    expect(sent).toHaveLength(3);
  });

  test('keeps the newest of each job and every variant while the page does not', () => {
    isFull = true;
    for (const event of [job('a', 1), variant(0), job('b', 1), job('a', 2), variant(1)]) outlet.tell(event);
    expect(sent).toEqual([]);
    isFull = false;
    outlet.drain();
    expect(sent).toEqual([variant(0), job('b', 1), job('a', 2), variant(1)]);
  });

  test('lets nothing overtake what waits', () => {
    isFull = true;
    outlet.tell(variant(0));
    isFull = false;
    outlet.tell(variant(1));
    outlet.drain();
    expect(sent).toEqual([variant(0), variant(1)]);
  });

  test('joins the tiles of a layer, so that none is missing', () => {
    isFull = true;
    outlet.tell({ kind: 'glaze.tiles', paint: paint(1, { '0,0': 'a', '1,0': 'b' }) });
    outlet.tell({ kind: 'glaze.tiles', paint: paint(2, { '1,0': 'c', '2,0': null }, { atRest: true }) });
    isFull = false;
    outlet.drain();
    expect(sent).toEqual([{ kind: 'glaze.tiles', paint: paint(2, { '0,0': 'a', '1,0': 'c', '2,0': null }, { atRest: true, painted: { '0,0': 's1', '1,0': 's2', '2,0': 's2' } }) }]);
  });
});

describe('joined paint', () => {
  test('of a whole and a part is whole without the tiles that went', () => {
    const whole = paint(1, { '0,0': 'a', '1,0': 'b' }, { whole: true });
    expect(joinPaint(whole, paint(2, { '0,0': null, '3,0': 'd' }))).toEqual(paint(2, { '1,0': 'b', '3,0': 'd' }, { whole: true, painted: { '0,0': 's2', '1,0': 's1', '3,0': 's2' } }));
  });

  test('that ends with a whole is that whole', () => {
    const whole = paint(2, { '5,5': 'x' }, { whole: true });
    expect(joinPaint(paint(1, { '0,0': 'a' }), whole)).toEqual(whole);
  });
});
