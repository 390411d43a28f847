// Whether the hand holds on: a mouse button, a finger or the pen is down anywhere in the window.
let isDown = false;

const look = (event: PointerEvent): void => {
  isDown = event.type !== 'pointercancel' && event.buttons !== 0;
};

// Seen before any control acts on it; moves tell of a button that was let go outside the window.
if (typeof window !== 'undefined') for (const kind of ['pointerdown', 'pointermove', 'pointerup', 'pointercancel'] as const) window.addEventListener(kind, look, { capture: true, passive: true });

export const isHandDown = (): boolean => isDown;
