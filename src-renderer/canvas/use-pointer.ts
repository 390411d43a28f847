// Pointer events over the canvas: pans, turns and pinches the view, and hands everything else to the tool.
import { onBeforeUnmount, onMounted, ref, shallowRef, type ShallowRef } from 'vue';
import { useCanvas } from './canvas-store.ts';
import type { HeldKeys } from './held-keys.ts';
import { toTwoFingers, type TwoFingers } from './two-fingers.ts';
import type { Keys } from './tool.ts';
import type { useToolSession } from './use-tool-session.ts';
import { toDocument, type Point } from './viewport.ts';
import type { PenPoint } from './worker/protocol.ts';

type Hold = 'none' | 'tool' | 'pan' | 'rotate' | 'zoom' | 'fingers';

const turnStep = Math.PI / 12;

export function usePointer(surface: Readonly<ShallowRef<HTMLElement | null>>, tools: ReturnType<typeof useToolSession>, held: HeldKeys) {
  const canvas = useCanvas();
  const hold = ref<Hold>('none');
  /** Where the pen is over the canvas, document px; undefined: elsewhere. */
  const pen = shallowRef<Point>();
  const fingers = new Map<number, Point>();
  let pinch: TwoFingers | undefined;
  let last: Point = { x: 0, y: 0 };
  let startView = canvas.view;
  let startAt: Point = last;
  let box = { left: 0, top: 0 };

  const screenPoint = (event: MouseEvent): Point => ({ x: (event.clientX - box.left) * canvas.ratio, y: (event.clientY - box.top) * canvas.ratio });
  const keysOf = (event: MouseEvent): Keys => ({ shift: event.shiftKey, alt: event.altKey, ctrl: event.ctrlKey || event.metaKey });

  function penPoint(event: PointerEvent): PenPoint {
    const { x, y } = toDocument(canvas.view, canvas.screen, screenPoint(event));
    const pressure = event.pointerType === 'pen' ? event.pressure : 1; // Mouse and finger press fully.
    return { x, y, pressure, tiltX: event.tiltX, tiltY: event.tiltY, atMs: performance.timeOrigin + event.timeStamp };
  }

  function holdFor(event: PointerEvent): Hold {
    if (event.button === 1 || held.space.value) return held.ctrl.value && held.space.value ? 'zoom' : 'pan';
    if (held.turn.value) return 'rotate';
    return event.button === 0 || event.button === 5 ? 'tool' : 'none';
  }

  function press(event: PointerEvent): void {
    const element = surface.value;
    if (!element) return;
    const rect = element.getBoundingClientRect();
    box = { left: rect.left, top: rect.top };
    last = startAt = screenPoint(event);
    startView = canvas.view;
    if (event.pointerType === 'touch') {
      fingers.set(event.pointerId, last);
      if (fingers.size === 2) {
        if (hold.value === 'tool') tools.abandon();
        hold.value = 'fingers';
        pinch = toTwoFingers(canvas.view, canvas.screen, [...fingers.values()]);
      }
    }
    if (hold.value !== 'none') return;
    hold.value = holdFor(event);
    if (hold.value === 'none') return;
    event.preventDefault();
    element.focus({ preventScroll: true });
    element.setPointerCapture(event.pointerId);
    if (hold.value === 'tool') tools.press(penPoint(event), keysOf(event), event.button === 5);
  }

  /** Every point of the pen on the way, not only the last of a frame. */
  function move(event: PointerEvent): void {
    if (hold.value === 'none') {
      const rect = surface.value?.getBoundingClientRect();
      if (rect) box = { left: rect.left, top: rect.top };
    }
    const at = screenPoint(event);
    const point = penPoint(event);
    pen.value = { x: point.x, y: point.y };
    if (hold.value === 'none') tools.hover(point, keysOf(event));
    else if (hold.value === 'tool') {
      const all = event.getCoalescedEvents?.() ?? [];
      tools.drag(all.length > 0 ? all.map(penPoint) : [point], keysOf(event));
    } else moveView(event, at);
    last = at;
  }

  function moveView(event: PointerEvent, at: Point): void {
    const middle = { x: canvas.screen.width / 2, y: canvas.screen.height / 2 };
    if (hold.value === 'pan') canvas.pan(at.x - last.x, at.y - last.y);
    else if (hold.value === 'zoom') canvas.zoomTo(startView.zoom * 2 ** ((at.x - startAt.x) / 150 / canvas.ratio), startAt);
    else if (hold.value === 'rotate') {
      const angle = (point: Point): number => Math.atan2(point.y - middle.y, point.x - middle.x);
      const turned = startView.rotation + angle(at) - angle(startAt);
      canvas.rotateTo(event.shiftKey ? Math.round(turned / turnStep) * turnStep : turned);
    } else if (hold.value === 'fingers' && fingers.has(event.pointerId)) {
      fingers.set(event.pointerId, at);
      if (pinch && fingers.size === 2) canvas.setView(pinch.viewFor([...fingers.values()]));
    }
  }

  function release(event: PointerEvent): void {
    fingers.delete(event.pointerId);
    if (hold.value === 'fingers' && fingers.size > 0) return;
    const was = hold.value;
    hold.value = 'none';
    if (was === 'tool') tools.release(penPoint(event), keysOf(event));
  }

  function cancel(event: PointerEvent): void {
    fingers.delete(event.pointerId);
    if (hold.value === 'tool') tools.abandon();
    hold.value = 'none';
  }

  function wheel(event: WheelEvent): void {
    event.preventDefault();
    const rect = surface.value?.getBoundingClientRect();
    if (rect) box = { left: rect.left, top: rect.top };
    const at = screenPoint(event);
    const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 20 : 1;
    if (event.shiftKey && !event.ctrlKey) canvas.rotateTo(canvas.view.rotation + Math.sign(event.deltaY || event.deltaX) * (turnStep / 5), at);
    else canvas.zoomTo(canvas.view.zoom * 2 ** ((-event.deltaY * lines) / (event.ctrlKey ? 120 : 300)), at);
  }

  const raw = 'onpointerrawupdate' in window;
  const moveEvents = raw ? (['pointerrawupdate'] as const) : (['pointermove'] as const);
  onMounted(() => {
    const element = surface.value;
    if (!element) return;
    for (const name of moveEvents) element.addEventListener(name, move as EventListener);
    element.addEventListener('wheel', wheel, { passive: false });
  });
  onBeforeUnmount(() => surface.value?.removeEventListener('wheel', wheel));

  return { hold, pen, press, release, cancel, leave: () => void (pen.value = undefined) };
}
