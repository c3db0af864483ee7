// Command contracts: `check` and runs as whole processes, and a run in process. The rival is the Python reference; it cannot be installed
// where this runs (its packages are not to be had), so the figures that were recorded of it stand beside ours (spec/csc.md §9.3, column
// "median A", two virtual CPUs, unmodified reference under Python 3.11): they are another machine's and another hour's, and say so.
import { spawn, spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { generateKeyPairSync } from "node:crypto";
import { dirname, join } from "node:path";
import { readContract, readPolicy, decide } from "@ces/contract";
import { nodeCrypto } from "@ces/crypto-node";
import { utf8Encode } from "@ces/kernel";
import { closeInheritedDescriptors } from "@ces/sandbox";
import {
  command,
  contract,
  policy,
  runScratch,
  scratchPorts,
} from "../../packages/execution/contract-runner/test/built-run.ts";
import { type Figure, measure, median, takeTurns, within } from "./figures.ts";

const root = join(import.meta.dirname, "../..");
const CSC = join(root, "apps/cli/dist/csc.js");
const ROUNDS = 20;
/** Milliseconds of the reference. */
const RECORDED = { check: 230, local: 233, hardened: 269, inBox: 17 } as const;
/** Policy evaluations per second of the reference, its contract hash included. */
const RECORDED_DECISIONS = 35_000;

closeInheritedDescriptors();

await measure("contract", async () => {
  if (!existsSync(CSC)) throw new Error("csc is not built; run: npx -y pnpm@12 build");
  const scratch = mkdtempSync("/var/tmp/ces-bench-");
  chmodSync(scratch, 0o711);
  try {
    return await figures(scratch);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
});

async function figures(scratch: string): Promise<readonly Figure[]> {
  const files = shop(scratch);
  const signing = ["--sign", "--signing-key", files.key, "--key-id", "bench", "--receipt-out", join(scratch, "r.json")];
  const csc = (...words: readonly string[]) => process_(scratch, [CSC, ...words]);
  const taken = await takeTurns(ROUNDS, {
    node: process_(scratch, ["-e", "0"]),
    check: csc("check", files.contract, files.policy),
    local: csc("run", files.contract, files.policy, "--receipt-out", join(scratch, "l.json")),
    hardened: csc("run", files.contract, files.policy, "--mode", "hardened", ...signing),
    inBox: oneRun(scratch),
  });
  return [
    beside("csc check, whole process", taken.check, RECORDED.check, 2),
    beside("csc run local, whole process", taken.local, RECORDED.local, null),
    beside("csc run hardened, signed, whole process", taken.hardened, RECORDED.hardened, null),
    beside("a hardened run in process", taken.inBox, RECORDED.inBox, null),
    { ...within("bare node, for comparison", taken.node, Number.POSITIVE_INFINITY), bar: null },
    decisions(files),
  ];
}

function beside(what: string, ours: readonly number[], recorded: number, bar: number | null): Figure {
  const value = recorded / median(ours);
  return {
    what,
    ours: `${median(ours).toFixed(1)} ms`,
    rival: `${recorded} ms recorded`,
    value,
    unit: "×",
    bar: bar === null ? null : { kind: "least", at: bar },
    held: bar === null || value >= bar,
  };
}

function shop(scratch: string) {
  const workspace = join(scratch, "w");
  mkdirSync(workspace);
  const files = ["contract.json", "policy.yaml", "key.pem"].map((name) => join(scratch, name));
  const [contractFile = "", policyFile = "", key = ""] = files;
  writeFileSync(contractFile, JSON.stringify(contract([command(["git", "status", "--short"], workspace)])));
  const rules = policy(scratch, {
    allow_commands: ["git", "ls", "cat", "grep", "rg", "find", "jq"],
    allow_secret_refs: false,
  });
  writeFileSync(
    policyFile,
    Object.entries(rules)
      .map(([name, value]) => `${name}: ${JSON.stringify(value)}`)
      .join("\n"),
  );
  writeFileSync(key, generateKeyPairSync("ed25519").privateKey.export({ type: "pkcs8", format: "pem" }), {
    mode: 0o600,
  });
  spawnSync("git", ["init", "-q", workspace], { stdio: "ignore" });
  return { contract: contractFile, policy: policyFile, key, rules, workspace };
}

function decisions({ rules, workspace }: ReturnType<typeof shop>): Figure {
  const asked = contract([command(["git", "status", "--short"], workspace)]);
  const read = readContract(utf8Encode(JSON.stringify(asked)), nodeCrypto);
  const known = readPolicy(utf8Encode(JSON.stringify(rules)), nodeCrypto);
  if (read.kind === "refused" || known.kind === "refused") throw new Error("the bench's own documents are refused");
  const options = { now: Date.now(), crypto: nodeCrypto, judge: null };
  for (let round = 0; round < 2000; round += 1) decide(read.value, known.value, options);
  const began = performance.now();
  const count = 10_000;
  for (let round = 0; round < count; round += 1) decide(read.value, known.value, options);
  const perSecond = (count / (performance.now() - began)) * 1000;
  return {
    what: "decisions in process, contract and policy hash included",
    ours: `${perSecond.toFixed(0)} /s`,
    rival: `${RECORDED_DECISIONS} /s recorded`,
    value: perSecond / RECORDED_DECISIONS,
    unit: "×",
    bar: null,
    held: true,
  };
}

function oneRun(scratch: string) {
  const inside = join(scratch, "in");
  mkdirSync(join(inside, "w"), { recursive: true });
  const ports = scratchPorts(inside);
  return async (): Promise<void> => {
    const { receipt } = await runScratch({
      contract: contract([command(["true"], join(inside, "w"))]),
      policy: policy(inside),
      ports,
    });
    if (receipt.status !== "success") throw new Error(receipt.error);
  };
}

function process_(scratch: string, words: readonly string[]) {
  const env = { PATH: process.env["PATH"] ?? "", HOME: scratch, XDG_STATE_HOME: join(scratch, "state") };
  mkdirSync(env.XDG_STATE_HOME, { recursive: true, mode: 0o700 });
  return (): Promise<void> =>
    new Promise((resolve, reject) => {
      const child = spawn(process.execPath, [...words], { cwd: dirname(CSC), env, stdio: "ignore" });
      child.once("error", reject);
      child.once("close", (code) =>
        code === 0 ? resolve() : reject(new Error(`${words.join(" ")} ended with ${code}`)),
      );
    });
}
