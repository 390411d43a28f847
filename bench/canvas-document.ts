// A document of eight blended layers for bench/canvas, made in the page.

/** Code that makes and opens it; `studio` and `host` are the page's stores. Few tiles, used many times: reading them from disk is not measured. */
export function canvasDocument(side: number): string {
  return `
    const opened = await host.studio.ask('documents.create', { name: 'Bench', width: ${side}, height: ${side}, background: [1, 1, 1, 1] });
    studio.show(opened);
    const length = 256 * 256 * 4;
    const body = new Uint8Array(32 * (length + 4));
    const view = new DataView(body.buffer);
    let seed = 1;
    for (let n = 0; n < 32; n++) {
      const at = n * (length + 4);
      view.setUint32(at, length, true);
      for (let i = 0; i < length; i += 4) {
        seed = (seed * 1103515245 + 12345) & 0x7fffffff;
        const [x, y] = [(i >> 2) & 255, i >> 10];
        body.set([(x + n * 8) & 255, (y * 2 + (seed >> 20)) & 255, (x ^ y) & 255, n < 8 ? 255 : 100 + ((seed >> 16) & 127)], at + 4 + i);
      }
    }
    const ids = await (await fetch('/assets/' + opened.record.id, { method: 'POST', headers: { ...host.transport.headers }, body })).json();
    const tilesOf = (layer) => {
      const tiles = {};
      for (let column = 0; column < ${Math.ceil(side / 256)}; column++) {
        for (let row = 0; row < ${Math.ceil(side / 256)}; row++) tiles[column + ',' + row] = ids[layer === 0 ? (column + row) % 8 : 8 + ((column * 3 + row + layer * 3) % 24)];
      }
      return tiles;
    };
    const blends = ['normal', 'multiply', 'screen', 'overlay', 'soft-light', 'color-dodge', 'difference', 'normal'];
    const layers = blends.map((blend, index) => ({ id: 'bench-' + index, name: blend, kind: 'raster', visible: true, locked: false, opacity: index === 0 ? 1 : 0.6, blend, clip: false, pixels: { x: 0, y: 0, depth: 8, tiles: tilesOf(index) } }));
    const { children } = studio.record.layers.root;
    studio.commit({ key: 'canvas.paste' }, [
      ...layers.map((layer) => ({ path: ['layers', layer.id], after: layer })),
      { path: ['layers', 'root', 'children'], before: children, after: [...children, ...layers.map(({ id }) => id)] },
    ]);
    await studio.settled();
    studio.chosen = ['bench-4'];`;
}
