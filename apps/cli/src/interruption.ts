// Ctrl-C once ends cleanly: what is journalled stays, children are ended, exit 130. Twice ends the process at once.

/** Listens to the terminal's and the system's stop signals. `stop` is for a Ctrl-C that arrives as a key. */
export function listenForStop(): { readonly signal: AbortSignal; readonly stop: () => void } {
  const controller = new AbortController();
  const stop = (): void => {
    if (controller.signal.aborted) process.exit(130);
    controller.abort(new DOMException("interrupted", "AbortError"));
  };
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(name, stop);
  return { signal: controller.signal, stop };
}
