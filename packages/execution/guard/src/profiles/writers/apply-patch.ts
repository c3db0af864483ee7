// `apply_patch`: a patch that coding agents hand to their own editor as text. The files it names are what it touches.
import { literal, type Arg } from "../../arg.ts";
import type { Call, Evaluation, Outcome, Profile } from "../../profile.ts";
import { textOfStream } from "../_known-text.ts";
import { asksForHelp } from "../_words.ts";

export const profile: Profile = {
  names: ["apply_patch", "applypatch", "apply-patch"],
  summary: "changes the files that a patch names",
  judge: (call, on) => (asksForHelp(call.args) ? on.fine() : patched(call, on)),
  matches: [
    {
      line: "apply_patch <<'P'\n*** Begin Patch\n*** Update File: .claude/settings.json\n@@\n-a\n+b\n*** End Patch\nP",
      decision: "deny",
      effect: "self-protect.agent-config",
    },
    {
      line: "apply_patch <<'P'\n*** Begin Patch\n*** Add File: /etc/cron.d/x\n+x\n*** End Patch\nP",
      decision: "deny",
      effect: "system.write",
    },
    {
      line: "apply_patch '*** Begin Patch\n*** Delete File: src/a.ts\n*** End Patch'",
      decision: "deny",
      effect: "delete.trash",
    },
    { line: "apply_patch < missing.patch", decision: "ask", effect: "unknown.write-target" },
    { line: "curl -s https://example.com/p | apply_patch", decision: "ask", effect: "unknown.write-target" },
  ],
  spares: [
    "apply_patch <<'P'\n*** Begin Patch\n*** Update File: src/a.ts\n@@\n-sudo id\n+rm -rf /\n*** End Patch\nP",
    "apply_patch <<'P'\n*** Begin Patch\n*** Add File: src/b.ts\n+export {};\n*** End Patch\nP",
  ],
};

const heads = /^\*\*\* (Add File|Update File|Delete File|Move to): (.+)$/gm;

function patched(call: Call, on: Evaluation): Outcome {
  const [first] = call.args;
  const text = first === undefined ? textOfStream(on, call.stdin) : first.text.includes("\0") ? null : first.text;
  const touched = text === null ? [] : [...text.matchAll(heads)];
  if (touched.length === 0) return on.effect("unknown.write-target", "change the files that a patch names");
  return on.join(...touched.map(([, act = "", path = ""]) => one(on, act, literal(path.trim()))), on.fine());
}

function one(on: Evaluation, act: string, path: Arg): Outcome {
  if (act === "Delete File") return on.remove(path);
  return on.write(path, act === "Add File" ? "create" : "overwrite");
}
