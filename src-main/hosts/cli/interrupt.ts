// Ctrl-C: the first stops the work cleanly, the second stops the process at once.

/** A signal that the first SIGINT or SIGTERM aborts. Afterwards the system's default answer is back in force. */
export function interruptSignal(onFirst: () => void): AbortSignal {
  const controller = new AbortController();
  const stop = (): void => {
    // without a listener the kernel ends the process itself, even in the middle of a native run
    process.removeListener('SIGINT', stop);
    process.removeListener('SIGTERM', stop);
    controller.abort();
    onFirst();
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  return controller.signal;
}
