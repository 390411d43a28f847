// Canvases of plain numbers for tests without a browser: pixels are put, cleared, and drawn at half their size.
import { vi } from 'vitest';

class StandInImageData {
  readonly data: Uint8ClampedArray;
  readonly width: number;
  readonly height: number;

  constructor(width: number, height: number) {
    this.width = width;
    this.height = height;
    this.data = new Uint8ClampedArray(width * height * 4);
  }
}

class StandInCanvas {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray;

  constructor(width: number, height: number) {
    this.width = width;
    this.height = height;
    this.data = new Uint8ClampedArray(width * height * 4);
  }

  getContext() {
    const { data, width } = this;
    const eachRow = (x: number, y: number, columns: number, rows: number, visit: (row: number, at: number, length: number) => void): void => {
      for (let row = 0; row < rows; row++) visit(row, ((y + row) * width + x) * 4, columns * 4);
    };
    return {
      putImageData: (pixels: StandInImageData, x: number, y: number) =>
        eachRow(x, y, pixels.width, pixels.height, (row, at, length) => data.set(pixels.data.subarray(row * length, (row + 1) * length), at)),
      clearRect: (x: number, y: number, columns: number, rows: number) => eachRow(x, y, columns, rows, (_, at, length) => data.fill(0, at, at + length)),
      drawImage: (from: StandInCanvas, fromX: number, fromY: number, fromWidth: number, _h: number, x: number, y: number, columns: number, rows: number) => {
        const by = fromWidth / columns;
        for (let row = 0; row < rows; row++) {
          for (let column = 0; column < columns; column++) {
            const at = ((fromY + row * by) * from.width + fromX + column * by) * 4;
            const corners = by === 1 ? [at] : [at, at + 4, at + from.width * 4, at + from.width * 4 + 4];
            for (let c = 0; c < 4; c++) data[((y + row) * width + x + column) * 4 + c] = corners.reduce((sum, corner) => sum + (from.data[corner + c] ?? 0), 0) / corners.length;
          }
        }
      },
    };
  }
}

/** Gives this process canvases until the stubs are taken back. */
export function standInForCanvases(): void {
  vi.stubGlobal('ImageData', StandInImageData);
  vi.stubGlobal('OffscreenCanvas', StandInCanvas);
}

/** RGBA of a pixel of a stand-in. */
export function pixelOf(canvas: unknown, x: number, y: number): number[] {
  const { data, width } = canvas as StandInCanvas;
  return [...data.subarray((y * width + x) * 4, (y * width + x) * 4 + 4)];
}
