// The law of the executor: whatever a contract declares and however the disk is linked, no box binds anything from outside of what was
// declared, the system, the programs it names and its own folder; and nothing writable that is not declared writable.
import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { DEFAULT_LIMITS, planArgs } from "@ces/sandbox";
import { boxPlan } from "../src/box-plan.ts";
import { boxSystem, placeRules } from "../src/box-system.ts";
import { defaultRunnerConfig } from "../src/index.ts";
import { judgeCommandNow } from "../src/judged-command.ts";
import { command, policy, put, scratchRoot } from "./scratch-run.ts";

const system = boxSystem();

function world(): string {
  const root = scratchRoot();
  put(root, { "w/a/b/c.txt": "c", "w/a/d.log": "d", "w/e/f.txt": "f", "outside/x.log": "x", "state/key": "k" });
  mkdirSync(join(root, "w/state-like"));
  symlinkSync(join(root, "outside"), join(root, "w/a/out"));
  symlinkSync(join(root, "w/e"), join(root, "w/a/in"));
  symlinkSync("..", join(root, "w/a/up"));
  symlinkSync(root, join(root, "w/root"));
  return root;
}

test("no argument of a box leads outside of what was declared", () => {
  const root = world();
  const rules = policy(root);
  const part = fc.constantFrom("a", "b", "e", "in", "out", "up", "root", "w", "c.txt", "*.log", "**", "state");
  const path = fc.array(part, { maxLength: 4 }).map((parts) => [`${root}/w`, ...parts].join("/"));
  // Most folders that one could work in are refused; the law is about what is granted.
  const cwd = fc.constantFrom(`${root}/w`, `${root}/w/a`, `${root}/w/a/b`, `${root}/w/e`, `${root}/w/a/in`);
  const links = fc.constantFrom("a/out", "a/out/**", "a/out/x.log", "a/in/**", "a/up/**", "root/**", "root/outside/**");
  const declared = fc.oneof(
    path,
    links.map((text) => `${root}/w/${text}`),
  );
  const scope = fc.record({
    cwd,
    reads: fc.array(declared, { maxLength: 3 }),
    writes: fc.array(declared, { maxLength: 2 }),
  });
  let granted = 0;
  fc.assert(
    fc.property(scope, ({ cwd, reads, writes }) => {
      const one = command(["true"], cwd, { read_paths: reads, write_paths: writes });
      const judged = judgeCommandNow(one, {
        policy: rules,
        config: defaultRunnerConfig,
        system,
        rules: placeRules(system, { keepOut: [join(root, "state")], protect: [join(root, "w/e/f.txt")] }),
        contract: [one],
      });
      if (judged.kind === "refused") return;
      granted += 1;
      const args = planArgs(planOf(root, one, judged));
      for (const { option, source, inside } of binds(args)) {
        if (!source.startsWith(root)) {
          expect([option, source]).toEqual([
            "--ro-bind",
            expect.stringMatching(/^\/(?:usr|etc|lib|lib64|bin|sbin|proc|dev)(?:\/|$)/),
          ]);
          continue;
        }
        if (source.startsWith(`${root}/box/`)) continue;
        expect(source.startsWith(`${root}/w/`) || source === `${root}/w`).toBe(true);
        if (option === "--bind")
          expect(writes.some((text) => inside.startsWith(text.replace(/\/\*\*$/, "").replace(/\/+$/, "")))).toBe(true);
      }
    }),
    { numRuns: 400 },
  );
  expect(granted).toBeGreaterThan(20);
});

function planOf(
  root: string,
  one: Parameters<typeof boxPlan>[0]["command"],
  judged: Parameters<typeof boxPlan>[0]["judged"],
) {
  const [segment] = judged.segments;
  if (segment === undefined) throw new Error("no segment");
  const plan = boxPlan(
    {
      command: one,
      judged,
      policy: policy(root),
      config: defaultRunnerConfig,
      system,
      env: {},
      secrets: [],
      network: { env: {} },
      keepOut: [],
      bwrap: "/usr/bin/bwrap",
      before: { bytes: 0, names: 0 },
    },
    segment,
    { run: "law", root: `${root}/box`, lock: `${root}/box/lock`, user: { uid: 61_200, gid: 61_200 } },
  );
  expect(plan.limits.disk_free_bytes).toBe(DEFAULT_LIMITS.disk_free_bytes);
  return plan;
}

function binds(
  args: readonly string[],
): readonly { readonly option: string; readonly source: string; readonly inside: string }[] {
  return args.flatMap((option, at) =>
    option === "--bind" || option === "--ro-bind" || option === "--dev-bind"
      ? [{ option, source: args[at + 1] ?? "", inside: args[at + 2] ?? "" }]
      : [],
  );
}
