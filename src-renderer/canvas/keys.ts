// Modifier keys held during a gesture.

export interface Keys {
  readonly shift: boolean;
  readonly alt: boolean;
  readonly ctrl: boolean;
}
export const noKeys: Keys = { shift: false, alt: false, ctrl: false };
