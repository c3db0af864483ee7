// What is done once, when the hook's snapshot is built, so that no call has to: everyday calls are answered, and what node made and
// compiled for them stays.
import { closeSync, openSync } from "node:fs";
import { canaryEvent } from "./canary.ts";
import type { HookAnswer, HostName } from "./hook-call.ts";
import { MAX_INPUT } from "./read-call-fields.ts";
import { readInputSync } from "./read-input.ts";

/** Answers a call as a process of the hook would, and says the answer to a descriptor. */
export type WarmAnswer = (host: HostName, input: Uint8Array) => HookAnswer;

// Few: what is kept of each is read by every call of every kind.
const lines = [
  "git status && git diff HEAD~1 -- src | head -50",
  "ls -la src | grep -v 'a b' > out.txt; cat package.json 2>&1",
  'cd "$X" && echo "done $?"',
];

/** Answers everyday calls of a shell that stands in `cwd`. Whoever asks has a home and a log of its own for it. */
export function warmGuard(cwd: string, answer: WarmAnswer): void {
  readNothing();
  for (const line of lines) answer("claude", new TextEncoder().encode(canaryEvent("claude", line, cwd)));
}

function readNothing(): void {
  const fd = openSync("/dev/null", "r");
  readInputSync(fd, MAX_INPUT);
  closeSync(fd);
}
