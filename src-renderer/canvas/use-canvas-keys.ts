// Keys that are not commands: digits set the opacity, and a tool takes what it needs while it works.
import { useEventListener } from '@vueuse/core';
import { useCommands } from '../commands/commands-store.ts';
import { useDocument } from '../document/document-store.ts';
import { useTexts } from '../layers/text/texts-store.ts';
import { useShell } from '../shell/shell-store.ts';
import { canvasCommands } from './canvas-commands.ts';
import { useCanvas } from './canvas-store.ts';
import { pasteFrom } from './clipboard.ts';
import { canvasFixedKeys } from './fixed-keys.ts';
import { isTyping } from './held-keys.ts';
import { isBrushTool } from './paint-state.ts';
import type { useToolSession } from './use-tool-session.ts';

/** Two digits within this time are one number. */
const digitPauseMs = 600;

export function useCanvasKeys(tools: ReturnType<typeof useToolSession>): void {
  const canvas = useCanvas();
  const studio = useDocument();
  const shell = useShell();
  const texts = useTexts();
  let digits = '';
  let digitAt = 0;
  const commands = useCommands();
  commands.register(canvasCommands());
  commands.registerFixed(canvasFixedKeys);
  /** Something else hears what is pressed or pasted: a field, or whatever hides the canvas. */
  const isElsewhere = (target: EventTarget | null): boolean => !studio.record || !shell.showsCanvas || isTyping(target);

  /** 1 is 10 %, 55 is 55 %, 0 is 100 %. */
  function typeDigit(digit: string, now: number): void {
    digits = now - digitAt < digitPauseMs && digits.length === 1 ? digits + digit : digit;
    digitAt = now;
    const percent = digits.length === 2 ? Number(digits) : digit === '0' ? 100 : Number(digit) * 10;
    canvas.setBrush({ opacity: Math.max(0.01, percent / 100) });
  }

  useEventListener(
    window,
    'keydown',
    (event) => {
      if (event.defaultPrevented || isElsewhere(event.target)) return;
      if (texts.takesKeys && event.key !== 'Escape') return;
      const isEnding = event.key === 'Enter' || event.key === 'Escape'; // An open transform must have an end.
      if (!isEnding && commands.isOwn(event)) return;
      const keys = { shift: event.shiftKey, alt: event.altKey, ctrl: event.ctrlKey || event.metaKey };
      if (tools.key(event.key, keys)) return event.preventDefault();
      if (event.key === 'Escape' && tools.isDown) return tools.abandon();
      if (keys.ctrl || keys.alt || !/^\d$/.test(event.key) || !isBrushTool(canvas.tool)) return;
      typeDigit(event.key, event.timeStamp);
      event.preventDefault();
    },
    { capture: true }, // Before the commands: an open transform takes Enter, Escape and the arrows.
  );

  useEventListener(window, 'paste', (event) => {
    if (studio.readOnly || isElsewhere(event.target)) return;
    event.preventDefault();
    pasteFrom(event.clipboardData ?? undefined).then(
      (found) => found || canvas.stage.hint('nothingToPaste'),
      (thrown: unknown) => canvas.stage.fail(thrown),
    );
  });
}
