// What the client reported during a run, kept for people who look later: redacted, capped, addressed by content.
// SECURITY: these are the client's words (S17); nothing is decided on them.
import { type Json, canonicalize, redact, utf8Encode, wellFormed } from "@ces/kernel";
import type { Blobs } from "@ces/ports";
import type { RunRecord } from "@ces/records";
import type { AgentEvent } from "@ces/runtimes";
import { plainJson } from "../plain-json.ts";

const TAIL = 60_000;
const CAP = 4 * 1024 * 1024;
const LONGEST_TEXT = 16_000;

/** Collects events as JSON lines; `tail` is the end of what was said, where claims and summaries stand. */
export class Transcript {
  tail = "";
  private readonly lines: string[] = [];
  private size = 0;
  private dropped = 0;

  /** Adds one event. Beyond the cap events are counted, not kept. */
  add(event: AgentEvent): void {
    if (event.kind === "said") this.tail = `${this.tail}${event.text}\n`.slice(-TAIL);
    const line = canonicalize(redact(shortened(plainJson(event))), "rfc8785");
    if (this.size + line.length > CAP) this.dropped += 1;
    else {
      this.lines.push(line);
      this.size += line.length;
    }
  }

  /** Stores what was collected. */
  store(blobs: Blobs): RunRecord["transcript"] {
    if (this.dropped > 0) this.lines.push(canonicalize({ kind: "dropped", events: this.dropped }, "rfc8785"));
    const { sha256, bytes } = blobs.put(utf8Encode(`${this.lines.join("\n")}\n`));
    return { sha256, bytes };
  }
}

function shortened(value: Json): Json {
  if (typeof value === "string")
    return value.length > LONGEST_TEXT ? `${wellFormed(value.slice(0, LONGEST_TEXT))}…` : value;
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return value.map(shortened);
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, shortened(member)]));
}
