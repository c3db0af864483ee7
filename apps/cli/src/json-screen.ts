// `--json`: exactly one document on stdout. `--jsonl`: one line per event, the same document as the last line.
import { errorEnvelope, outcomeEnvelope, type Envelope } from "./envelope.ts";
import type { Ending, Screen, Sinks } from "./screen.ts";
import { jsonDocument, jsonLine } from "./view/json-text.ts";

/** A screen for programs. Nobody can be asked there. */
export function jsonScreen(path: readonly string[], sinks: Sinks, form: "json" | "jsonl"): Screen {
  return {
    report: (progress) => {
      if (form === "jsonl") sinks.out(`${jsonLine(progress)}\n`);
    },
    person: null,
    logLine: (text) => sinks.err(`${text}\n`),
    suspend: (work) => work(),
    show: async (ending) =>
      sinks.out(`${form === "json" ? jsonDocument(envelope(path, ending)) : jsonLine(envelope(path, ending))}\n`),
  };
}

function envelope(path: readonly string[], ending: Ending): Envelope {
  return ending.kind === "outcome" ? outcomeEnvelope(path, ending.outcome) : errorEnvelope(path, ending.error);
}
