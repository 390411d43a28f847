// Solids on a plane by ray marching of distance fields, with soft shadows, highlights and the light of the room.
import type { Triple } from '../../image/color.ts';
import { shade, type Canvas } from './canvas.ts';

/** A body with its foot on the plane y = 0; y points up, z away from the viewer. */
export interface Solid {
  /** A sphere around it; rays that miss it miss the body. */
  readonly x: number;
  readonly y: number;
  readonly z: number;
  readonly reach: number;
  /** Lower bound of the distance to the surface, negative inside. */
  distance(x: number, y: number, z: number): number;
  /** A simpler distance for the shadow it throws, where there is one. */
  outline?(x: number, y: number, z: number): number;
  /** Writes the albedo of a place on the surface. */
  paint(x: number, y: number, z: number, out: Float32Array): void;
  /** Strength of highlights and mirrored light, 0..1. */
  readonly gloss: number;
}

export interface Room {
  readonly solids: readonly Solid[];
  /** Where the eye is, and the point in the middle of the picture. */
  readonly eye: Triple;
  readonly aim: Triple;
  /** Height of the picture over the distance of the picture plane. */
  readonly field: number;
  /** Towards the lamp. */
  readonly lamp: Triple;
  readonly lampColour: Triple;
  /** Tangent of half the angle at which the lamp is seen: how soft its shadows are. */
  readonly lampSize: number;
  readonly fromAbove: Triple;
  readonly fromBelow: Triple;
  /** Albedo of the plane y = 0. */
  readonly table: (x: number, z: number, out: Float32Array) => void;
  readonly tableGloss: number;
  /** The plane ends here, and the background begins. */
  readonly tableEnd: number;
  readonly background: (x: number, y: number, out: Float32Array) => void;
}

type Vector = readonly [number, number, number];

const steps = 56;
const near = 0.0012;
/** Only outlines are worth the rays of a second look, not grain. */
const outlineEdge = 0.24;

export function normalized([x, y, z]: Vector): Vector {
  const long = Math.sqrt(x * x + y * y + z * z);
  return [x / long, y / long, z / long];
}

/** Fills the canvas with the view of a room. */
export function shadeRoom(canvas: Canvas, room: Room): void {
  const forward = normalized([room.aim[0] - room.eye[0], room.aim[1] - room.eye[1], room.aim[2] - room.eye[2]]);
  const right = normalized([forward[2], 0, -forward[0]]);
  const up: Vector = [forward[1] * right[2] - forward[2] * right[1], forward[2] * right[0] - forward[0] * right[2], forward[0] * right[1] - forward[1] * right[0]];
  const lamp = normalized(room.lamp);
  const [ex, ey, ez] = room.eye;
  const march = createMarch(room.solids);
  const light = createLight(room, march, lamp);
  const albedo = new Float32Array(3);
  shade(canvas, (px, py, out) => {
    const across = (px - canvas.aspect / 2) * room.field;
    const over = (0.5 - py) * room.field;
    const long = Math.sqrt(1 + across * across + over * over);
    const dx = (forward[0] + across * right[0] + over * up[0]) / long;
    const dy = (forward[1] + across * right[1] + over * up[1]) / long;
    const dz = (forward[2] + across * right[2] + over * up[2]) / long;
    const toTable = dy < -1e-5 ? -ey / dy : Infinity;
    const onTable = toTable < Infinity && ez + toTable * dz < room.tableEnd;
    const hit = march.first(ex, ey, ez, dx, dy, dz, onTable ? toTable : 1e3);
    if (hit) {
      const x = ex + march.depth * dx;
      const y = ey + march.depth * dy;
      const z = ez + march.depth * dz;
      hit.paint(x, y, z, albedo);
      light(x, y, z, normalOf(hit, x, y, z), dx, dy, dz, albedo, hit.gloss, hit, out);
    } else if (onTable) {
      const [x, z] = [ex + toTable * dx, ez + toTable * dz];
      room.table(x, z, albedo);
      light(x, 0, z, [0, 1, 0], dx, dy, dz, albedo, room.tableGloss, undefined, out);
    } else room.background(px, py, out);
  }, outlineEdge);
}

interface March {
  /** The solid a ray meets before `limit`; its distance is in `depth`. */
  first(x: number, y: number, z: number, dx: number, dy: number, dz: number, limit: number): Solid | undefined;
  depth: number;
  /** Share of the lamp seen from a place, 0..1. */
  seen(x: number, y: number, z: number, dx: number, dy: number, dz: number, size: number): number;
}

function createMarch(solids: readonly Solid[]): March {
  const march: March = {
    depth: 0,
    first(x, y, z, dx, dy, dz, limit) {
      let found: Solid | undefined;
      for (const solid of solids) {
        const ox = solid.x - x;
        const oy = solid.y - y;
        const oz = solid.z - z;
        const along = ox * dx + oy * dy + oz * dz;
        const inside = solid.reach * solid.reach - (ox * ox + oy * oy + oz * oz - along * along);
        if (inside <= 0) continue;
        const half = Math.sqrt(inside);
        const end = Math.min(limit, along + half);
        let t = Math.max(0, along - half);
        for (let step = 0; step < steps && t < end; step++) {
          const distance = solid.distance(x + t * dx, y + t * dy, z + t * dz);
          if (distance < near) {
            found = solid;
            limit = march.depth = t;
            break;
          }
          t += distance;
        }
      }
      return found;
    },
    seen(x, y, z, dx, dy, dz, size) {
      let open = 1;
      for (const solid of solids) {
        const ox = solid.x - x;
        const oy = solid.y - y;
        const oz = solid.z - z;
        const along = ox * dx + oy * dy + oz * dz;
        if (along < -solid.reach) continue;
        const reach = solid.reach + Math.max(0, along) * size;
        const inside = reach * reach - (ox * ox + oy * oy + oz * oz - along * along);
        if (inside <= 0) continue;
        const end = along + Math.sqrt(inside);
        for (let t = Math.max(0.01, along - Math.sqrt(inside)), step = 0; step < 20 && t < end; step++) {
          const distance = solid.outline ? solid.outline(x + t * dx, y + t * dy, z + t * dz) : solid.distance(x + t * dx, y + t * dy, z + t * dz);
          open = Math.min(open, 0.5 + (0.5 * distance) / (size * t));
          if (open <= 0) return 0;
          t += Math.max(0.03, Math.min(0.25, Math.abs(distance)));
        }
      }
      return open * open * (3 - 2 * open);
    },
  };
  return march;
}

function normalOf(solid: Solid, x: number, y: number, z: number): Vector {
  const e = 0.0015;
  // four corners of a tetrahedron
  const a = solid.distance(x + e, y - e, z - e);
  const b = solid.distance(x - e, y - e, z + e);
  const c = solid.distance(x - e, y + e, z - e);
  const d = solid.distance(x + e, y + e, z + e);
  return normalized([a - b - c + d, d + c - a - b, b + d - a - c]);
}

type Light = (x: number, y: number, z: number, normal: Vector, dx: number, dy: number, dz: number, albedo: Float32Array, gloss: number, self: Solid | undefined, out: Float32Array) => void;

function createLight(room: Room, march: March, lamp: Vector): Light {
  return (x, y, z, [nx, ny, nz], dx, dy, dz, albedo, gloss, self, out) => {
    const facing = nx * lamp[0] + ny * lamp[1] + nz * lamp[2];
    const lit = facing > 0 ? facing * march.seen(x + 0.008 * nx, y + 0.008 * ny, z + 0.008 * nz, lamp[0], lamp[1], lamp[2], room.lampSize) : 0;
    let open = self ? 0.55 + 0.45 * Math.min(1, Math.max(0, y) * 2.5 + Math.max(0, ny)) : 1;
    for (const solid of room.solids) {
      if (solid === self) continue;
      const ox = solid.x - x;
        const oy = solid.y - y;
        const oz = solid.z - z;
      const away2 = ox * ox + oy * oy + oz * oz;
      const share = Math.max(0, (nx * ox + ny * oy + nz * oz) / Math.sqrt(away2)) * Math.min(1, (solid.reach * solid.reach * 0.7) / away2);
      open *= 1 - 0.75 * share;
    }
    const above = 0.5 + 0.5 * ny;
    const [rx, ry, rz] = mirrored(dx, dy, dz, nx, ny, nz);
    const towards = Math.max(0, rx * lamp[0] + ry * lamp[1] + rz * lamp[2]);
    const spark = gloss * lit * (3 * towards ** 90 + 0.35 * towards ** 14);
    const grazing = (1 + dx * nx + dy * ny + dz * nz) ** 4;
    const sheen = gloss * open * (0.04 + 0.6 * grazing) * (0.35 + 0.65 * Math.max(0, ry));
    for (let channel = 0; channel < 3; channel++) {
      const around = open * (above * room.fromAbove[channel]! + (1 - above) * room.fromBelow[channel]!);
      out[channel] = albedo[channel]! * (lit * room.lampColour[channel]! + around) + spark * room.lampColour[channel]! + sheen * room.fromAbove[channel]!;
    }
  };
}

function mirrored(dx: number, dy: number, dz: number, nx: number, ny: number, nz: number): Vector {
  const twice = 2 * (dx * nx + dy * ny + dz * nz);
  return [dx - twice * nx, dy - twice * ny, dz - twice * nz];
}
