// A flower seen at an angle: two rings of petals with veins and shade, and a heart.
import type { Triple } from '../../image/color.ts';
import type { Random } from '../../tensor/random.ts';
import { blend, coverAt, lay, put, type Canvas } from './canvas.ts';
import { createNoise, rise } from './noise.ts';

export interface FlowerKind {
  readonly count: number;
  /** Roundness of a petal's end: 1 pointed, 2 round. */
  readonly round: number;
  readonly colour: Triple;
  readonly edge: Triple;
  readonly heart: Triple;
  /** Radius of the heart over the flower's. */
  readonly heartSize: number;
  readonly crinkle: number;
}

export interface FlowerPlace {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  readonly turn: number;
  /** 1 seen from the front, 0 from the side. */
  readonly tilt: number;
  readonly roll: number;
  /** Width of its blurred rim, in canvas units. */
  readonly soft: number;
  readonly veil: number;
  readonly air: Triple;
  readonly lightX: number;
}

export function layFlower(canvas: Canvas, kind: FlowerKind, place: FlowerPlace, random: Random): void {
  const noise = createNoise(random);
  const { x, y, radius, turn, tilt, roll, air } = place;
  const [cosine, sine] = [Math.cos(roll), Math.sin(roll)];
  const rim = Math.max(canvas.px, place.soft);
  const side = place.lightX > x ? 1 : -1;
  const reach = 1.15 * radius + rim;
  lay(canvas, x, y, reach, reach, (px, py, out) => {
    const u = (cosine * (px - x) + sine * (py - y)) / radius;
    const v = (cosine * (py - y) - sine * (px - x)) / (radius * tilt);
    const away = Math.sqrt(u * u + v * v);
    if (away > 1.15 + rim / radius) return 0;
    const angle = Math.atan2(v, u) + turn;
    let cover = 0;
    // the ring behind, then the one before it
    for (const ring of [0, 1]) {
      const at = (angle / (2 * Math.PI)) * kind.count + 0.5 * ring;
      const petal = Math.floor(at);
      const across = 2 * (at - petal) - 1;
      const long = (1 - 0.1 * ring) * (1 - 0.12 * noise.cell(petal, ring) - 0.34 * Math.abs(across) ** (2 * kind.round) + kind.crinkle * noise.octaves(2.5 * at, 3 + 5 * ring, 3));
      const petalCover = coverAt((away - long) * radius * Math.min(1, tilt + 0.15), rim);
      if (petalCover === 0) continue;
      cover = Math.max(cover, petalCover);
      const vein = noise.octaves(at * 5 + 0.8 * across, away * 1.6 + 9 * ring, 3, 0.7);
      const gap = rise(0.55, 1, Math.abs(across)) * (0.35 + 0.35 * (1 - away));
      const facing = 0.1 * (u * side - v) + 0.12 * across * side;
      const light = (ring ? 0.92 : 0.7) + 0.2 * away + 1.5 * facing + 0.25 * vein - 1.15 * gap - 0.35 * Math.exp(-7 * Math.max(0, away - kind.heartSize));
      put(out, kind.colour, light);
      blend(out, [kind.edge[0] * light, kind.edge[1] * light, kind.edge[2] * light], rise(0.35, 1, away));
    }
    if (cover === 0) return 0;
    const heart = coverAt((away - kind.heartSize) * radius, Math.max(rim, 0.06 * radius));
    if (heart > 0) {
      const seeds = 0.8 + 0.45 * noise.octaves(14 * u, 14 * v, 2, 0.8) + 0.25 * (u * side - v) / kind.heartSize;
      blend(out, [kind.heart[0] * seeds, kind.heart[1] * seeds, kind.heart[2] * seeds], heart);
    }
    blend(out, air, place.veil);
    return cover * (1 - 0.4 * place.veil);
  });
}
