// Streets in perspective: two rows of houses, one in the sun and one in shadow, a tower at the end, people.
import type { Extent } from '../../../contract/image.ts';
import type { Triple } from '../../image/color.ts';
import type { Random } from '../../tensor/random.ts';
import { createCanvas, develop, put, shade, type Canvas, type Shader } from './canvas.ts';
import type { DrawPicture } from './draw-picture.ts';
import { drawHouses, paintFront, type House } from './houses.ts';
import { createNoise, rise, type Noise } from './noise.ts';
import { between, choose, mix, scaled, tone } from './palette.ts';
import { layPeople } from './people.ts';
import { drawSky, skyShader, type Hour } from './sky.ts';

/** Metres: the eye above the ground, half the street's width. */
export interface StreetPlan {
  readonly eye: number;
  readonly half: number;
  /** Vanishing point, in canvas units. */
  readonly x: number;
  readonly y: number;
  readonly hour: Hour;
  readonly length: number;
  readonly people: number;
  readonly field: number;
  readonly clouds: number;
}

/** A street of plastered houses with shutters, cobbles and cast shadows. */
export const street: DrawPicture = (size, random) => {
  const aspect = size.width / size.height;
  const plan: StreetPlan = {
    eye: between(random, 1.6, 4), half: between(random, 3.5, 7), x: aspect * between(random, 0.35, 0.65), y: between(random, 0.5, 0.68),
    hour: choose(random, ['day', 'day', 'evening', 'dawn'] as const), length: between(random, 60, 110), people: random.integer(8), field: between(random, 1, 1.4), clouds: between(random, 0.1, 0.6),
  };
  return develop(streetCanvas(size, plan, random), between(random, 0.5, 2), random.integer(2 ** 31));
};

interface View extends StreetPlan {
  readonly rows: readonly [readonly House[], readonly House[]];
  readonly noise: Noise;
  readonly sunlight: Triple;
  readonly skylight: Triple;
  readonly haze: Triple;
  readonly px: number;
}

/** Towards the sun: from the left, above and behind the viewer. */
const sun: Triple = [-0.56, 0.74, -0.37];

export function streetCanvas(size: Extent, plan: StreetPlan, random: Random): Canvas {
  const canvas = createCanvas(size);
  const noise = createNoise(random);
  const sky = { ...drawSky(plan.hour, canvas.aspect, plan.y, random), sunX: -0.4, sunY: 0.05, sunRadius: 0, clouds: plan.clouds };
  const warm = plan.hour === 'day' ? 0.25 : 0.8;
  const view: View = {
    ...plan, noise, px: canvas.px,
    rows: [drawHouses(plan.length, noise, random), drawHouses(plan.length, noise, random)],
    sunlight: scaled(mix([1, 0.96, 0.88], sky.sun, warm), 1.5),
    skylight: scaled(mix(sky.zenith, [0.5, 0.5, 0.55], 0.45), 0.85),
    haze: mix(sky.horizon, sky.middle, 0.3),
  };
  const background = skyShader(sky, canvas.aspect, plan.y + 0.02, noise);
  shade(canvas, streetShader(view, background));
  layPeople(canvas, { ...plan, count: plan.people, shadowed: (x, z) => inShadow(view, x, 0, z), sunlight: view.sunlight, skylight: view.skylight, haze: view.haze }, random);
  return canvas;
}

function streetShader(view: View, background: Shader): Shader {
  const { eye, half, length } = view;
  return (x, y, out) => {
    const [dx, dy] = [(x - view.x) * view.field, (view.y - y) * view.field];
    const toGround = dy < 0 ? -eye / dy : Infinity;
    const toWall = half / Math.max(1e-6, Math.abs(dx));
    const row = dx < 0 ? 0 : 1;
    if (toGround < Math.min(toWall, length)) return ground(view, dx * toGround, toGround, out);
    if (toWall < length && houseHit(view, row, dx, dy, toWall, out)) return;
    if (endHit(view, dx * length, eye + dy * length, out)) return;
    background(x, y, out);
  };
}

/** The front, the roof or the gable of the first house that the ray meets from its wall on. */
function houseHit(view: View, row: 0 | 1, dx: number, dy: number, toWall: number, out: Float32Array): boolean {
  const houses = view.rows[row];
  const side = row === 0 ? -1 : 1;
  let index = houses.findIndex(({ to }) => to > toWall);
  if (index < 0) return false;
  const front = houses[index]!;
  const y = view.eye + dy * toWall;
  if (y < front.tall) {
    const shadow = inShadow(view, side * view.half, y, toWall);
    paintFront(front, toWall, y, view.noise, { lit: row === 1 && !shadow, footprint: toWall * view.px * view.field, sunlight: view.sunlight, skylight: view.skylight }, out);
    veil(view, toWall, out);
    return true;
  }
  for (let step = 0; step < 5 && index < houses.length; step++, index++) {
    const house = houses[index]!;
    // the roof leans back from the eaves
    const lean = house.pitch * Math.abs(dx);
    const toRoof = (house.tall - view.eye - house.pitch * view.half) / (dy - lean);
    const gable = step > 0 && house.from > toWall;
    if (gable) {
      const behind = Math.abs(dx) * house.from - view.half;
      const above = view.eye + dy * house.from;
      if (above < house.tall + house.pitch * Math.min(behind, house.deep - behind) && behind < house.deep) {
        put(out, mix(house.plaster, [0.4, 0.36, 0.33], 0.4), 0.75);
        for (let channel = 0; channel < 3; channel++) out[channel]! *= view.skylight[channel]! * 1.3 + 0.25 * view.sunlight[channel]!;
        veil(view, house.from, out);
        return true;
      }
    }
    if (toRoof > Math.max(toWall, house.from) && toRoof < house.to && Math.abs(dx) * toRoof - view.half < house.deep / 2 && dy < lean) {
      const up = view.eye + dy * toRoof - house.tall;
      const tiles = 0.82 + 0.25 * view.noise.octaves(toRoof * 3, up * 5, 3, 0.8) + 0.12 * Math.sin(up * 18);
      put(out, house.roof, tiles);
      const light = row === 1 ? 0.85 : 0.3;
      for (let channel = 0; channel < 3; channel++) out[channel]! *= view.skylight[channel]! + light * view.sunlight[channel]!;
      veil(view, toRoof, out);
      return true;
    }
  }
  return false;
}

function inShadow(view: View, x: number, y: number, z: number): boolean {
  const t = (x + view.half) / -sun[0];
  if (t < 0.05) return true;
  const [over, along] = [y + sun[1] * t, z + sun[2] * t];
  if (along < 0) return over < 9;
  const house = view.rows[0].find(({ to }) => to > along);
  return house !== undefined && over < house.tall + 0.8;
}

function ground(view: View, x: number, z: number, out: Float32Array): void {
  const { noise, half } = view;
  const footprint = z * z * view.px * view.field / view.eye;
  const pavement = Math.abs(x) > half - 1.1;
  const size = pavement ? 0.9 : 0.28;
  const row = Math.floor(z / size);
  const column = Math.floor(x / size + 0.5 * (row & 1));
  const [inX, inZ] = [x / size + 0.5 * (row & 1) - column, z / size - row];
  const clear = Math.max(0, 1 - footprint / (0.9 * size));
  const joint = Math.max(rise(0.4, 0.5, Math.abs(inX - 0.5)), rise(0.38, 0.5, Math.abs(inZ - 0.5)));
  const stone = 1 + clear * (0.45 * (noise.cell(column, row) - 0.5) - 0.5 * joint + (pavement ? 0 : 0.12 * (0.5 - inZ)));
  const worn = 1 + 0.25 * noise.octaves(0.5 * x, 0.3 * z, 4, 0.6);
  const lit = inShadow(view, x, 0, z) ? 0 : 0.7;
  const gutter = 1 - 0.35 * Math.exp(-(((Math.abs(x) - half + 1.1) / 0.12) ** 2));
  const base: Triple = pavement ? [0.4, 0.37, 0.33] : [0.33, 0.3, 0.28];
  const corner = 1 - 0.4 * Math.exp(-(half - Math.abs(x)) * 2.2);
  for (let channel = 0; channel < 3; channel++) {
    out[channel] = base[channel]! * stone * worn * gutter * corner * (lit * view.sunlight[channel]! + 0.9 * view.skylight[channel]!);
  }
  veil(view, z, out);
}

/** What closes the street: houses across, and a tower with a spire. */
function endHit(view: View, x: number, y: number, out: Float32Array): boolean {
  const tower = Math.abs(x + 1) < 3.4 && y < 30;
  const spire = Math.abs(x + 1) < (46 - y) * 0.24 && y >= 30 && Math.abs(x + 1) < 3.9;
  const house = y < 9 + 2.2 * Math.sin(Math.floor((x + 40) / 7) * 2.4) + 2 * (1 - Math.abs(((((x + 40) / 7) % 1) + 1) % 1 - 0.5) * 2);
  if (!tower && !spire && !house) return false;
  const half = x < -1 ? 1 : 0.5;
  const opening = tower && y > 22 && y < 27 - Math.abs(x + 1) && Math.abs(Math.abs(x + 1) - 1.3) < 0.65;
  const clock = tower && Math.sqrt((x + 1) ** 2 + (y - 19.4) ** 2) < 1.4;
  const window = house && !tower && !spire && Math.abs(((x / 1.9) % 1 + 1) % 1 - 0.5) < 0.22 && Math.abs(((y / 2.8) % 1 + 1) % 1 - 0.5) < 0.28;
  const body: Triple = spire ? tone(0.42, 0.05, 0.6) : tower ? tone(0.82, 0.04, 0.2) : tone(0.74, 0.07, 0.16);
  put(out, clock ? tone(0.93, 0.02, 0.25) : opening || window ? scaled(body, 0.3) : body, tower && y > 29 ? 1.1 : 1);
  for (let channel = 0; channel < 3; channel++) out[channel]! *= 0.62 * view.sunlight[channel]! * (tower || spire ? half : 0.7) + 0.8 * view.skylight[channel]!;
  veil(view, view.length, out);
  return true;
}

function veil(view: View, z: number, out: Float32Array): void {
  const share = 1 - Math.exp(-((z / 130) ** 1.4));
  for (let channel = 0; channel < 3; channel++) out[channel]! += share * (view.haze[channel]! - out[channel]!);
}
