// Pointer events over the canvas: pans, turns and pinches the view, and hands everything else to the tool. A pen goes before fingers.
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
/** So long after a pen was seen over the canvas it is still in hand: what one finger touches is no stroke. */
const penStaysMs = 500;

export function usePointer(surface: Readonly<ShallowRef<HTMLElement | null>>, tools: ReturnType<typeof useToolSession>, held: HeldKeys) {
  const canvas = useCanvas();
  const hold = ref<Hold>('none');
  /** Where the pen is over the canvas, document px; undefined: elsewhere. */
  const pen = shallowRef<Point>();
  /** The press that began the hold; only its pointer goes on with it. Two fingers hold without one. */
  let holder: PointerEvent | undefined;
  /** Pointer that `pen` tells of. */
  let shown: number | undefined;
  let penSeenAt = -Infinity;
  /** Where they are down; a palm that came while the pen was at work does not count. */
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

  function placeBox(): void {
    const rect = surface.value?.getBoundingClientRect();
    if (rect) box = { left: rect.left, top: rect.top };
  }

  function holdFor(event: PointerEvent): Hold {
    if (event.button === 1 || held.space.value) return held.ctrl.value && held.space.value ? 'zoom' : 'pan';
    if (held.turn.value) return 'rotate';
    const isPalm = event.pointerType === 'touch' && event.timeStamp - penSeenAt < penStaysMs;
    return !isPalm && (event.button === 0 || event.button === 5) ? 'tool' : 'none';
  }

  function seePen(event: PointerEvent): void {
    if (event.pointerType === 'pen') penSeenAt = event.timeStamp;
  }

  function letGo(): void {
    hold.value = 'none';
    holder = undefined;
  }

  /** Fingers give way: their stroke is no stroke, and until they are lifted they do nothing. */
  function dropFingers(): void {
    if (hold.value === 'tool') tools.abandon();
    fingers.clear();
    letGo();
  }

  /** The second finger ends what the first one began. */
  function beginPinch(): void {
    if (hold.value === 'tool') tools.abandon();
    if (holder) pen.value = undefined;
    holder = undefined;
    hold.value = 'fingers';
    pinch = toTwoFingers(canvas.view, canvas.screen, [...fingers.values()]);
  }

  function press(event: PointerEvent): void {
    seePen(event);
    if (holder && holder.pointerType !== 'touch') return;
    placeBox();
    if (event.pointerType === 'touch') {
      fingers.set(event.pointerId, screenPoint(event));
      if (fingers.size === 2) beginPinch();
    }
    const next = holdFor(event);
    if (next === 'none' || (hold.value !== 'none' && event.pointerType !== 'pen')) return;
    if (event.pointerType === 'pen') dropFingers();
    begin(event, next);
  }

  function begin(event: PointerEvent, next: Hold): void {
    hold.value = next;
    holder = event;
    last = startAt = screenPoint(event);
    startView = canvas.view;
    event.preventDefault();
    surface.value?.focus({ preventScroll: true });
    surface.value?.setPointerCapture(event.pointerId);
    if (next === 'tool') tools.press(penPoint(event), keysOf(event), event.button === 5);
  }

  /** Of the one that holds; where none does, of the pen or mouse that hovers. */
  function move(event: PointerEvent): void {
    seePen(event);
    if (hold.value === 'none') placeBox();
    const at = screenPoint(event);
    if (fingers.has(event.pointerId)) fingers.set(event.pointerId, at);
    if (hold.value === 'fingers' && event.pointerType === 'touch') return moveFingers();
    if (holder ? event.pointerId !== holder.pointerId : event.pointerType === 'touch') return;
    const point = penPoint(event);
    pen.value = { x: point.x, y: point.y };
    shown = event.pointerId;
    if (!holder) tools.hover(point, keysOf(event));
    else if (hold.value === 'tool') drag(event, point);
    else moveView(event, at);
    last = at;
  }

  /** Every point of the pen on the way, not only the last of a frame. */
  function drag(event: PointerEvent, point: PenPoint): void {
    const all = event.getCoalescedEvents?.() ?? [];
    tools.drag(all.length > 0 ? all.map(penPoint) : [point], keysOf(event));
  }

  function moveFingers(): void {
    if (pinch && fingers.size === 2) canvas.setView(pinch.viewFor([...fingers.values()]));
  }

  function moveView(event: PointerEvent, at: Point): void {
    const middle = { x: canvas.screen.width / 2, y: canvas.screen.height / 2 };
    if (hold.value === 'pan') canvas.pan(at.x - last.x, at.y - last.y);
    else if (hold.value === 'zoom') canvas.zoomTo(startView.zoom * 2 ** ((at.x - startAt.x) / 150 / canvas.ratio), startAt);
    else if (hold.value === 'rotate') {
      const angle = (point: Point): number => Math.atan2(point.y - middle.y, point.x - middle.x);
      const turned = startView.rotation + angle(at) - angle(startAt);
      canvas.rotateTo(event.shiftKey ? Math.round(turned / turnStep) * turnStep : turned);
    }
  }

  /** Whether it was the one that holds; of fingers that move the view, the last. */
  function isLifted(event: PointerEvent): boolean {
    seePen(event);
    const wasFinger = fingers.delete(event.pointerId);
    if (hold.value !== 'fingers') return event.pointerId === holder?.pointerId;
    if (wasFinger && fingers.size === 2) beginPinch(); // Of three.
    return fingers.size === 0;
  }

  function release(event: PointerEvent): void {
    if (!isLifted(event)) return;
    const was = hold.value;
    letGo();
    if (was === 'tool') tools.release(penPoint(event), keysOf(event));
  }

  function cancel(event: PointerEvent): void {
    if (!isLifted(event)) return;
    if (hold.value === 'tool') tools.abandon();
    letGo();
  }

  function leave(event: PointerEvent): void {
    seePen(event);
    if (event.pointerId === shown) pen.value = undefined;
  }

  function wheel(event: WheelEvent): void {
    event.preventDefault();
    placeBox();
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

  return { hold, pen, press, release, cancel, leave };
}
