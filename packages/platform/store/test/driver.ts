// A driver in a process of its own, told what to do by its arguments; says what happened as JSON lines.
import { openLeases } from "../src/leases.ts";
import { advance, DELIVERY, openStore, projectAt, step, systemClock } from "./project.ts";
import { testDraft } from "@ces/ledger/testing";
import { join } from "node:path";

const [mode, directory = ""] = process.argv.slice(2);
const say = (value: unknown): void => {
  process.stdout.write(`${JSON.stringify(value)}\n`);
};
const store = openStore(projectAt(directory).place);
const leases = openLeases(store, {
  lock_directory: join(directory, "locks"),
  box_lock_directory: join(directory, "boxes"),
  clock: systemClock,
  pid: process.pid,
});

if (mode === "append") {
  for (let i = 0; i < 40; i += 1) store.commit(step({ entries: [testDraft({ summary: `${process.pid} ${i}` })] }));
  say({ done: true });
} else {
  const taken = leases.acquire(DELIVERY, `driver ${process.pid}`);
  say(taken.kind === "held" ? { kind: "held", fence: taken.lease.fence } : taken);
  if (taken.kind === "held" && mode === "forever") for (;;) advance(store, taken.lease.fence);
  if (taken.kind === "held" && mode === "hold") {
    process.stdin.once("data", () => {
      const result = store.commit(
        step({ delivery_id: DELIVERY, fence: taken.lease.fence, entries: [testDraft({ delivery_id: DELIVERY })] }),
      );
      say(result);
      process.exit(0);
    });
  }
}
