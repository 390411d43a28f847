// The tool in hand as it works: a session of the chosen tool, the eyedropper in its place while Alt is held.
import { markRaw, onBeforeUnmount, shallowRef, watch } from 'vue';
import { useDocument } from '../document/document-store.ts';
import { useCanvas } from './canvas-store.ts';
import type { HeldKeys } from './held-keys.ts';
import { isBrushTool } from './paint-state.ts';
import { toolOf } from './tools/index.ts';
import type { Keys, Tool, ToolSession } from './tool.ts';
import type { Point } from './viewport.ts';
import type { PenPoint } from './worker/protocol.ts';

export function useToolSession(held: HeldKeys) {
  const canvas = useCanvas();
  const studio = useDocument();
  const tool = shallowRef<Tool>(toolOf(canvas.tool));
  const session = shallowRef<ToolSession>(tool.value.start(canvas.stage));
  watch(session, (now) => (canvas.session = markRaw(now)), { immediate: true });
  /** The session that has the pen down. */
  let down: ToolSession | undefined;

  const clear = (): void => {
    canvas.stage.draw([]);
    canvas.stage.tellFrame(undefined);
  };
  watch(
    () => canvas.tool,
    (id) => {
      session.value.leave?.();
      clear();
      tool.value = toolOf(id);
      session.value = tool.value.start(canvas.stage);
    },
  );
  studio.onChange(() => session.value.refresh?.());
  studio.onOpen(() => {
    session.value.leave?.();
    clear();
    session.value = tool.value.start(canvas.stage);
  });
  watch([() => studio.chosen, () => canvas.selection], () => session.value.refresh?.());
  onBeforeUnmount(() => session.value.leave?.());

  function sessionFor(keys: Keys, erases: boolean): ToolSession {
    const takesColour = keys.alt && (isBrushTool(canvas.tool) || canvas.tool === 'fill' || canvas.tool === 'gradient');
    if (takesColour) return toolOf('eyedropper').start(canvas.stage);
    return erases ? toolOf('eraser').start(canvas.stage) : session.value; // The pen's other end.
  }

  return {
    tool,
    session,
    held,
    press: (point: PenPoint, keys: Keys, erases: boolean): void => {
      if (!studio.record) return;
      if (studio.readOnly && canvas.tool !== 'hand') return canvas.stage.hint('readOnly');
      down = sessionFor(keys, erases);
      down.press(point, keys);
    },
    drag: (points: readonly PenPoint[], keys: Keys): void => down?.drag(points, keys),
    release: (point: PenPoint, keys: Keys): void => {
      down?.release(point, keys);
      down = undefined;
    },
    hover: (point: Point, keys: Keys): void => session.value.hover?.(point, keys),
    abandon: (): void => {
      (down ?? session.value).abandon();
      down = undefined;
    },
    key: (name: string, keys: Keys): boolean => session.value.key?.(name, keys) ?? false,
    get isDown(): boolean {
      return down !== undefined;
    },
  };
}
