// What the hand holds: the tool, colours, the brush of each tool, and the tools' options.
import { reactive, ref, shallowRef } from 'vue';
import type { Colour } from '../../src-main/contract/document.ts';
import { brushTools, type BrushTool, type ToolId, type ToolOptionsState } from './tool.ts';
import type { BrushShape } from './worker/protocol.ts';

export const largestBrushPx = 2000;
const mostRecent = 16;
const black: Colour = [0, 0, 0, 1];
const white: Colour = [1, 1, 1, 1];

const plainBrush: BrushShape = { sizePx: 48, hardness: 0.8, flow: 1, opacity: 1, spacing: 0.1, smoothing: 0.2, pressureSize: true, pressureOpacity: false };

const brushesAtFirst: Readonly<Record<BrushTool, BrushShape>> = {
  'brush': plainBrush,
  'eraser': { ...plainBrush, sizePx: 64, hardness: 0.9, pressureSize: false },
  'smudge': { ...plainBrush, sizePx: 64, hardness: 0.4, opacity: 0.75, spacing: 0.03, pressureSize: false, pressureOpacity: true },
  'style-brush': { ...plainBrush, sizePx: 256, hardness: 0.1, pressureSize: false },
};

export function isBrushTool(tool: ToolId): tool is BrushTool {
  return (brushTools as readonly string[]).includes(tool);
}

export function createPaintState() {
  const tool = ref<ToolId>('brush');
  const colour = shallowRef<Colour>([0.1, 0.1, 0.12, 1]);
  const secondColour = shallowRef<Colour>(white);
  const recent = shallowRef<readonly Colour[]>([]);
  const brushes = reactive<Record<BrushTool, BrushShape>>({ ...brushesAtFirst });
  const paintsMask = ref(false);
  const options = shallowRef<ToolOptionsState>({
    selectionMode: 'replace',
    feather: 0,
    tolerance: 0.12,
    contiguous: true,
    wholePicture: false,
    gradientShape: 'linear',
    styleBrush: { on: 'layer', erases: false },
    cropRatio: 'free',
  });

  /** The brush of the tool in hand, else the paint brush. */
  const brushOf = (id: ToolId): BrushTool => (isBrushTool(id) ? id : 'brush');

  function setBrush(changes: Partial<BrushShape>, of: BrushTool = brushOf(tool.value)): void {
    brushes[of] = { ...brushes[of], ...changes };
  }

  return {
    tool,
    colour,
    secondColour,
    recent,
    brushes,
    paintsMask,
    options,
    setBrush,
    setTool: (id: ToolId): void => void (tool.value = id),
    setOptions: (changes: Partial<ToolOptionsState>): void => void (options.value = { ...options.value, ...changes }),
    setColour: (next: Colour): void => void (colour.value = next),
    /** Remembers a colour that was painted with. */
    noteColour(used: Colour): void {
      const same = (other: Colour): boolean => other.every((value, channel) => Math.abs(value - (used[channel] ?? 0)) < 1 / 512);
      if (recent.value[0] && same(recent.value[0])) return;
      recent.value = [used, ...recent.value.filter((other) => !same(other))].slice(0, mostRecent);
    },
    swapColours(): void {
      [colour.value, secondColour.value] = [secondColour.value, colour.value];
    },
    plainColours(): void {
      [colour.value, secondColour.value] = [black, white];
    },
    /** One step up or down on a scale of ratios. */
    stepSize(direction: 1 | -1): void {
      const { sizePx } = brushes[brushOf(tool.value)];
      const next = direction > 0 ? Math.max(sizePx + 1, sizePx * 1.15) : Math.min(sizePx - 1, sizePx / 1.15);
      setBrush({ sizePx: Math.round(Math.min(largestBrushPx, Math.max(1, next))) });
    },
    stepHardness(direction: 1 | -1): void {
      const { hardness } = brushes[brushOf(tool.value)];
      setBrush({ hardness: Math.round(Math.min(1, Math.max(0, hardness + direction * 0.1)) * 100) / 100 });
    },
  };
}
