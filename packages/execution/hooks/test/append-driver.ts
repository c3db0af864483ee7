// A process that appends to the log as often as it is told: several of them at once are hooks of parallel calls.
import { appendAudit } from "../src/audit-log.ts";
import { guardPlaces } from "../src/guard-places.ts";

const places = guardPlaces(process.env);
for (let count = Number(process.argv[2]); count > 0; count -= 1)
  appendAudit(places, {
    host: "claude",
    session: `${process.pid}`,
    cwd: "/",
    tool: "Bash",
    command: `${count}`,
    decision: "allow",
    answer: "pass",
    observed: false,
    codes: [],
    rewrite: null,
    latency_ms: 0,
  });
