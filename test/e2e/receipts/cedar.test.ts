// The shipped program and its Cedar engine: the bundle answers with a `.cedar` policy, and without a whole engine beside it everything that
// a Cedar policy would decide is denied, with an error that says what is missing. Rules need no engine.
import { spawnSync } from "node:child_process";
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { root } from "../../../scripts/workspace.ts";

const CEDAR = `permit(principal, action == Agent::Action::"open", resource)
  when { resource.path like "/workspace/*" };
forbid(principal, action, resource) when { context has raw && context.raw like "*secret*" };
`;
const RULES = `apiVersion: governance.toolkit/v1
rules:
  - name: read
    condition: { field: "action:file:read", operator: path_under, value: /workspace }
    action: allow
`;
const engine = join(root, "apps/cli/node_modules/@cedar-policy/cedar-wasm");

interface Place {
  readonly home: string;
  /** The program that is started: its main file. */
  readonly main: string;
}

/** A scratch home with two policies; the program in its place, or a copy of it that finds nothing beside itself. */
function place(program: "shipped" | "alone"): Place {
  const dist = join(root, "apps/cli/dist");
  if (!existsSync(join(dist, "main.js"))) throw new Error("ces is not built; run: npx -y pnpm@12 build");
  // Modules are looked for upwards, and what people leave in /tmp/node_modules is above everything in /tmp.
  const home = mkdtempSync(join(existsSync("/var/tmp") ? "/var/tmp" : tmpdir(), "ces-cedar-"));
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  for (const [folder, name, text] of [
    ["cedar", "a.cedar", CEDAR],
    ["rules", "a.yaml", RULES],
  ] as const) {
    mkdirSync(join(home, folder));
    writeFileSync(join(home, folder, name), text);
  }
  spawnSync("openssl", ["genpkey", "-algorithm", "ed25519", "-out", join(home, "key.pem")]);
  spawnSync("chmod", ["600", join(home, "key.pem")]);
  if (program === "shipped") return { home, main: join(dist, "main.js") };
  cpSync(dist, join(home, "app/dist"), { recursive: true });
  copyFileSync(join(root, "apps/cli/package.json"), join(home, "app/package.json"));
  return { home, main: join(home, "app/dist/main.js") };
}

/** An engine beside the copy, with one of its files replaced. */
function withEngine({ home }: Place, file: string, content: string | Uint8Array): void {
  const beside = join(home, "app/node_modules/@cedar-policy/cedar-wasm");
  cpSync(engine, beside, { recursive: true, dereference: true });
  writeFileSync(join(beside, "nodejs", file), content);
}

function check({ home, main }: Place, policy: "cedar" | "rules", action: string) {
  const words = ["receipts", "check-policy", "--policy-dir", policy, "--action", action];
  const signed = ["--key", "key.pem", "--receipts-dir", "chain", "--trust-file", "trust.json", "--json"];
  const env = { HOME: home, PATH: process.env["PATH"] ?? "" };
  const ran = spawnSync(process.execPath, [main, ...words, ...signed], { cwd: home, env, encoding: "utf8" });
  const receipts = existsSync(join(home, "chain")) ? filesOf(join(home, "chain")).length : 0;
  const said = JSON.parse(ran.stdout);
  return { code: ran.status, data: said.data, error: said.error, receipts, err: ran.stderr };
}

test("the bundle answers with a Cedar policy, and signs what it answered", () => {
  const at = place("shipped");
  const allowed = check(at, "cedar", "file:read:/workspace/main.py");
  expect([allowed.code, allowed.data.decision, allowed.data.reason_code]).toEqual([0, "allow", "CEDAR_ALLOWS"]);
  expect(allowed.data.policy_engine).toBe("governance.toolkit/v1+cedar");
  for (const action of ["file:read:/workspace/../etc/shadow", "file:read:/workspace/secret", "shell:ls"]) {
    const denied = check(at, "cedar", action);
    expect([action, denied.code, denied.data.reason_code]).toEqual([action, 3, "CEDAR_DENIES"]);
  }
  expect(filesOf(join(at.home, "chain"))).toEqual(["000.json", "001.json", "002.json", "003.json"]);
});

/** Receipts of a chain; beside them lies the writers' lock. */
const filesOf = (chain: string): readonly string[] => readdirSync(chain).filter((name) => name.endsWith(".json"));

const MISSING = { code: 5, error: { code: "CEDAR_UNAVAILABLE" }, receipts: 0 };

test("without the engine nothing is allowed and nothing is signed; the error says what is missing", () => {
  const at = place("alone");
  const ran = check(at, "cedar", "file:read:/workspace/main.py");
  expect(ran).toMatchObject({
    ...MISSING,
    error: { message: "the Cedar engine cannot be loaded", remedy: expect.stringContaining("dependencies") },
  });
  // Not needed where no Cedar policy is.
  expect(check(at, "rules", "file:read:/workspace/main.py")).toMatchObject({ code: 0, receipts: 1 });
});

test("one that lies in the folder where the person stands is not the program's", () => {
  const at = place("alone");
  const work = { ...at, home: join(at.home, "work") };
  cpSync(join(at.home, "cedar"), join(work.home, "cedar"), { recursive: true });
  copyFileSync(join(at.home, "key.pem"), join(work.home, "key.pem"));
  spawnSync("chmod", ["600", join(work.home, "key.pem")]);
  mkdirSync(join(work.home, "node_modules/@cedar-policy"), { recursive: true });
  cpSync(engine, join(work.home, "node_modules/@cedar-policy/cedar-wasm"), { recursive: true, dereference: true });
  expect(check(work, "cedar", "file:read:/workspace/main.py")).toMatchObject(MISSING);
});

test.each<readonly [string, string, string | Uint8Array]>([
  [
    "a wasm that is cut off",
    "cedar_wasm_bg.wasm",
    readFileSync(join(engine, "nodejs/cedar_wasm_bg.wasm")).subarray(0, 9000),
  ],
  ["a wasm that is empty", "cedar_wasm_bg.wasm", ""],
  ["a module that exports nothing", "cedar_wasm.js", "module.exports = {};"],
  [
    "a module that allows everything",
    "cedar_wasm.js",
    `const ok = () => ({ type: "success", response: { decision: "allow", diagnostics: { reason: ["x"], errors: [] } }, policies: [], policy_templates: [], validationErrors: [], validationWarnings: [] });
     module.exports = { getCedarVersion: () => "9", policySetTextToParts: ok, validate: ok, preparsePolicySet: ok, preparseSchema: ok, statefulIsAuthorized: ok };`,
  ],
  ["a module that throws", "cedar_wasm.js", "throw new Error('no');"],
])("%s is no engine", (_, file, content) => {
  const at = place("alone");
  withEngine(at, file, content);
  const ran = check(at, "cedar", "file:read:/workspace/main.py");
  expect(ran).toMatchObject(MISSING);
  expect(ran.err).not.toMatch(/ {4}at /);
});

test("a whole engine beside the copy is one: what is missing above is the engine, not the copy", () => {
  const at = place("alone");
  withEngine(at, "README.md", "");
  expect(check(at, "cedar", "file:read:/workspace/main.py")).toMatchObject({ code: 0, receipts: 1 });
});
