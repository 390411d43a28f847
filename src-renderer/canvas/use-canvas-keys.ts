// Keys of the canvas: tools by letter, brush size and hardness, colours, opacity by digits.
import { useEventListener } from '@vueuse/core';
import { useDocument } from '../document/document-store.ts';
import { useCanvas } from './canvas-store.ts';
import { isTyping } from './held-keys.ts';
import { isBrushTool } from './paint-state.ts';
import { tools as allTools } from './tools/index.ts';
import type { useToolSession } from './use-tool-session.ts';

/** Two digits within this time are one number. */
const digitPauseMs = 600;

export function useCanvasKeys(tools: ReturnType<typeof useToolSession>): void {
  const canvas = useCanvas();
  const studio = useDocument();
  let digits = '';
  let digitAt = 0;

  /** 1 is 10 %, 55 is 55 %, 0 is 100 %. */
  function typeDigit(digit: string, now: number): void {
    digits = now - digitAt < digitPauseMs && digits.length === 1 ? digits + digit : digit;
    digitAt = now;
    const percent = digits.length === 2 ? Number(digits) : digit === '0' ? 100 : Number(digit) * 10;
    canvas.setBrush({ opacity: Math.max(0.01, percent / 100) });
  }

  const plain: Readonly<Record<string, () => void>> = {
    '[': () => canvas.stepSize(-1),
    ']': () => canvas.stepSize(1),
    '{': () => canvas.stepHardness(-1),
    '}': () => canvas.stepHardness(1),
    'x': () => canvas.swapColours(),
    'd': () => canvas.plainColours(),
  };

  useEventListener(window, 'keydown', (event) => {
    if (!studio.record || event.defaultPrevented || isTyping(event.target)) return;
    const keys = { shift: event.shiftKey, alt: event.altKey, ctrl: event.ctrlKey || event.metaKey };
    if (event.key === 'Escape') tools.abandon();
    if (tools.key(event.key, keys)) return event.preventDefault();
    if (keys.ctrl || keys.alt) return;
    const act = plain[event.key.toLowerCase()];
    if (act) act();
    else if (/^\d$/.test(event.key) && isBrushTool(canvas.tool)) typeDigit(event.key, event.timeStamp);
    else {
      const tool = keys.shift ? undefined : allTools.find(({ shortcut }) => shortcut.toLowerCase() === event.key.toLowerCase());
      if (!tool) return;
      canvas.setTool(tool.id);
    }
    event.preventDefault();
  });
}
