// The line from a child process to whoever started it: Node's fork or Electron's utility process.

/** The other end, as this process holds it. */
export interface Owner {
  /** Settles once it is handed over: work that blocks this process holds up a message that is not. */
  send(message: unknown): Promise<void>;
}

interface MessagePort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { data: unknown }) => void): void;
}

/** Electron's line to the parent; absent in plain Node. */
function utilityPort(): MessagePort | undefined {
  return 'parentPort' in process ? (process.parentPort as MessagePort | undefined) : undefined;
}

/** Listens to the owner and ends with it: a child never outlives the studio. */
export function serveOwner(onMessage: (message: unknown, owner: Owner) => void): void {
  const port = utilityPort();
  if (port) {
    port.on('message', ({ data }) => onMessage(data, { send: async (message) => port.postMessage(message) }));
    return;
  }
  // An owner that is gone has no use for the answer.
  const send = (message: unknown): Promise<void> =>
    new Promise((settle) => {
      if (process.connected && process.send) process.send(message, undefined, undefined, () => settle());
      else settle();
    });
  const owner: Owner = { send };
  process.on('message', (message) => onMessage(message, owner));
  process.on('disconnect', () => process.exit(0));
  // Ctrl-C reaches the whole group: the owner decides when its children end.
  process.on('SIGINT', () => undefined);
}
