// What one conversation with claude remembers.
import type { CallBook } from "../call-book.ts";
import type { AgentTask } from "../runtime.ts";
import type { ClaudeResult } from "./messages.schema.ts";

/** What one conversation remembers. */
export interface ClaudeTalk {
  readonly task: AgentTask;
  readonly book: CallBook;
  readonly openRequests: Set<string>;
  model: string;
  lastResult: ClaudeResult | null;
  texts: string[];
}
