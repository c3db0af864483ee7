// stdout and stderr. When the reader of stdout goes away (`ces audit | head`) the command is stopped like by Ctrl-C.
import type { Sinks } from "./screen.ts";

/** Both streams of this process; `gone` is called once when stdout's reader left. */
export function processSinks(gone: () => void): Sinks {
  let open = true;
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (open && error.code === "EPIPE") gone();
    open = false;
  });
  process.stderr.on("error", () => {});
  return {
    out: (text) => {
      if (open) process.stdout.write(text);
    },
    err: (text) => void process.stderr.write(text),
  };
}
