// What the pure folders may use of both worlds: the names that Node and browsers share.
interface AbortSignal {
  readonly aborted: boolean;
  throwIfAborted(): void;
}
