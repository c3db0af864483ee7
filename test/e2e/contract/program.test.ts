// The program around the executor: what `ces contract` and `csc` say, write and end with. Faults that only a whole process shows.
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { createHash, generateKeyPairSync } from "node:crypto";
import { bwrapOrSkip } from "../../support/requirements.ts";

const root = join(import.meta.dirname, "../../..");
const CES = join(root, "apps/cli/dist/main.js");
const CSC = join(root, "apps/cli/dist/csc.js");
if (!existsSync(CSC)) throw new Error("ces is not built; run: npx -y pnpm@12 build");

type Ended = { readonly code: number | null; readonly out: string; readonly err: string };

/** A folder with a workspace, a contract and a policy, and the programs run in it. */
function shop(argv: readonly string[], change: { contract?: object; command?: object; policy?: string } = {}) {
  const base = mkdtempSync(join(tmpdir(), "ces-program-"));
  onTestFinished(() => rmSync(base, { recursive: true, force: true }));
  // The trust domain lies outside of what is worked on.
  const folder = join(base, "p");
  mkdirSync(join(folder, "w"), { recursive: true });
  const contract = {
    version: "csc.v0.1",
    contract_id: "contract-program-1",
    intent: "i",
    actor: { agent_id: "a", session_id: "s", initiating_user: "asker", delegation_scope: "d" },
    commands: [
      {
        id: "c1",
        exec: { argv },
        cwd: join(folder, "w"),
        read_paths: [],
        write_paths: [],
        network: "deny",
        env_allow: [],
        secret_refs: [],
        timeout_sec: 20,
        proposed_effect_type: "observe",
        ...change.command,
      },
    ],
    risk_class: "low",
    approval_mode: "policy_only",
    justification: "j",
    ...change.contract,
  };
  writeFileSync(join(folder, "contract.json"), JSON.stringify(contract));
  const prefixes = ["cwd", "read", "write"].map((name) => `allowed_${name}_prefixes: ["${folder}/w"]`);
  const rules = [
    "policy_schema_version: csc.policy.v0.1",
    "name: program",
    "allow_commands: [printf, cat, touch, find]",
    "allowed_effect_types: [observe]",
    "allowed_risk_classes: [low]",
    "max_timeout_sec: 60",
    "network: deny",
    "allow_secret_refs: true",
    ...prefixes,
    change.policy ?? "",
  ];
  writeFileSync(join(folder, "policy.yaml"), rules.join("\n"));
  const env = {
    PATH: process.env["PATH"] ?? "",
    HOME: base,
    XDG_STATE_HOME: join(base, "state"),
    XDG_CONFIG_HOME: join(base, "config"),
  };
  mkdirSync(env.XDG_STATE_HOME, { mode: 0o700 });
  mkdirSync(join(env.XDG_CONFIG_HOME, "ces"), { recursive: true, mode: 0o700 });
  const start = (
    program: string,
    words: readonly string[],
    more: Readonly<Record<string, string>> = {},
  ): Promise<Ended> =>
    new Promise((resolve) => {
      const child = spawn(process.execPath, [program, ...words], {
        cwd: folder,
        env: { ...env, ...more },
        stdio: ["ignore", "pipe", "pipe"],
        detached: true,
      });
      let [out, err] = ["", ""];
      child.stdout.setEncoding("utf8").on("data", (chunk: string) => (out += chunk));
      child.stderr.setEncoding("utf8").on("data", (chunk: string) => (err += chunk));
      child.once("close", (code) => resolve({ code, out, err }));
    });
  const files = ["contract.json", "policy.yaml"];
  return {
    folder,
    ces: (verb: string, ...words: readonly string[]) => start(CES, ["contract", verb, ...files, ...words]),
    cesWith: (more: Readonly<Record<string, string>>, verb: string, ...words: readonly string[]) =>
      start(CES, ["contract", verb, ...files, ...words], more),
    csc: (verb: string, ...words: readonly string[]) => start(CSC, [verb, ...files, ...words]),
    at: (...words: readonly string[]) => start(CES, words),
    receipt: (name = "out/receipt.json") =>
      JSON.parse(readFileSync(join(folder, name), "utf8")) as Record<string, unknown>,
  };
}

describe.skipIf(bwrapOrSkip())("ces contract run", () => {
  test("is hardened unless told, signs with the installation's key, and its receipt verifies", async () => {
    const { ces, at, receipt, folder } = shop(["printf", "hello"]);
    const run = await ces("run", "--json", "--stdout-out", "said.txt");
    expect([run.err, run.code]).toEqual(["", 0]);
    const document = JSON.parse(run.out) as { ok: boolean; data: { mode: string; outputs: unknown } };
    expect(document).toMatchObject({
      ok: true,
      data: {
        mode: "hardened",
        status: "success",
        outputs: [{ command_id: "c1", stdout: { encoding: "utf8", data: "hello" }, stderr: { data: "" } }],
      },
    });
    expect(readFileSync(join(folder, "said.txt"), "utf8")).toBe("hello");
    expect(receipt()["execution_mode"]).toBe("hardened");
    const verified = await at(
      "contract",
      "verify",
      "out/receipt.json",
      "--public-key",
      "../state/ces/contracts/runner.pub",
    );
    expect([verified.code, verified.out]).toEqual([0, expect.stringContaining("valid")]);
  });

  test("each run has its decision and its end in one chain of signed receipts; a chain that is broken runs nothing", async () => {
    const { ces, at, folder } = shop(["touch", "made"], {
      contract: { actor: { agent_id: "an agent…", session_id: "s", initiating_user: "u", delegation_scope: "d" } },
      command: { write_paths: [join(tmpdir(), "x")] },
    });
    expect((await ces("run")).code).toBe(3);
    const said = shop(["printf", "hello"]);
    expect((await said.ces("run")).code).toBe(0);
    expect((await said.ces("run", "--mode", "local")).code).toBe(0);
    const folderOf = (of: string): string => join(of, "../state/ces/contracts/receipts");
    const payloads = (of: string) =>
      readdirSync(folderOf(of))
        .filter((name) => name.endsWith(".json"))
        .map((name) => JSON.parse(readFileSync(join(folderOf(of), name), "utf8")).payload as Record<string, unknown>);
    expect(payloads(folder)).toMatchObject([
      {
        decision: "deny",
        reason: "WRITE_SCOPE_DENIED",
        agent_id: "an_agent_",
      },
      { result: "not_started", sandbox_state: "unavailable" },
    ]);
    const sha256 = createHash("sha256")
      .update(readFileSync(join(said.folder, "out/receipt.json")))
      .digest("hex");
    expect(payloads(said.folder)).toMatchObject([
      { type: "protectmcp:decision", decision: "allow", reason: "ALLOW", policy_id: "program" },
      { type: "ces:execution", result: "succeeded", exit_code: 0, ring: 3, decision_count: 1 },
      { decision: "allow", sandbox_backend: "none" },
      { result: "succeeded", sandbox_backend: "none", foreign_receipt_digest: `sha256:${sha256}` },
    ]);
    const chain = [
      "receipts",
      "chain",
      folderOf(said.folder),
      "--keys",
      join(said.folder, "../state/ces/contracts/runner.pub"),
    ];
    expect((await said.at(...chain)).code).toBe(0);
    rmSync(join(folderOf(said.folder), "001.json"));
    rmSync(join(said.folder, "w"), { recursive: true });
    mkdirSync(join(said.folder, "w"));
    const broken = await said.ces("run", "--json");
    expect([broken.code, JSON.parse(broken.out).error.code]).toEqual([4, "CHAIN_BROKEN"]);
    expect((await at(...chain)).code).toBe(4);
  });

  test("local mode says loudly that nothing is enforced", async () => {
    const { ces, csc } = shop(["printf", "hello"]);
    expect((await ces("run", "--mode", "local")).out).toContain("nothing was enforced");
    const old = await csc("run");
    expect([old.code, old.out, old.err]).toEqual([
      0,
      expect.stringMatching(/^SUCCESS — /),
      expect.stringContaining("enforces nothing"),
    ]);
  });

  test("F-34: denied is 3, needs approval 7, a wrong line 2, a failed command 1; csc keeps the reference's", async () => {
    const denied = shop(["rm", "-rf", "x"]);
    expect((await denied.ces("run")).code).toBe(3);
    expect(denied.receipt()).toMatchObject({ status: "blocked", decision: "deny" });
    expect((await denied.csc("run")).code).toBe(1);
    const waiting = shop(["printf", "x"], { contract: { approval_mode: "human_required" } });
    expect((await waiting.ces("run")).code).toBe(7);
    expect(waiting.receipt()).toMatchObject({ status: "blocked", decision: "needs_approval" });
    expect(await waiting.csc("run")).toMatchObject({ code: 2, out: expect.stringMatching(/^NEEDS APPROVAL — /) });
    const failing = shop(["cat", "nothing"]);
    expect((await failing.ces("run")).code).toBe(1);
    expect((await failing.ces("run", "--mode", "none")).code).toBe(2);
    expect((await failing.ces("run", "--key-id", "k")).code).toBe(2);
    expect((await failing.csc("run", "--key-id", "k")).code).toBe(1);
    expect((await failing.csc("run", "--mode", "hardened")).code).toBe(1);
  });

  test("F-28: markup, escapes and line breaks in a contract are text, and the refusal has its receipt", async () => {
    const { ces, csc, receipt } = shop(["[/x]\u001b[2J[link=http://evil]", "a\nb"]);
    for (const run of [await csc("run"), await ces("run")]) {
      expect(run.out).not.toContain("\u001b");
      expect(run.out + run.err).toContain("[/x]");
      expect(receipt()).toMatchObject({ status: "blocked" });
    }
  });

  test("F-29: a receipt that cannot be written is found before anything runs", async () => {
    const { ces, csc, folder } = shop(["touch", "ran"], { command: { write_paths: [] } });
    writeFileSync(join(folder, "file"), "in the way");
    for (const run of [
      await ces("run", "--mode", "local", "--receipt-out", "file/receipt.json"),
      await csc("run", "--receipt-out", "file/receipt.json"),
    ]) {
      expect(run.code).not.toBe(0);
      expect(run.out + run.err).toContain("no receipt can be written");
    }
    expect(existsSync(join(folder, "w/ran"))).toBe(false);
  });

  test("F-20: a file and a variable stop everything, and the refusal has its receipt", async () => {
    const { ces, cesWith, receipt, folder } = shop(["printf", "x"]);
    expect((await cesWith({ CES_CONTRACTS_HALT: "1" }, "run")).code).toBe(3);
    expect(receipt()["reason_codes"]).toContain("EMERGENCY_DENY_ALL");
    writeFileSync(join(folder, "../config/ces/contracts.halt"), "");
    expect((await ces("run")).code).toBe(3);
    rmSync(join(folder, "../config/ces/contracts.halt"));
    expect((await ces("run")).code).toBe(0);
    const policy = shop(["printf", "x"], { policy: "emergency_deny_all: true" });
    expect((await policy.ces("run")).code).toBe(3);
  });

  test("F-01: a variable of the runner does not reach a command, and a credential of it nobody", async () => {
    const { cesWith, folder } = shop(["cat", "/proc/self/environ"], {
      command: { env_allow: ["CI"] },
      policy: 'allowed_env: ["*"]',
    });
    const run = await cesWith(
      { CI: "yes", AWS_SECRET_ACCESS_KEY: "CANARY-1", OTHER: "CANARY-2" },
      "run",
      "--stdout-out",
      "env.txt",
    );
    expect(run.code).toBe(0);
    const said = readFileSync(join(folder, "env.txt"), "latin1").split("\0").toSorted();
    expect(said).toEqual([
      "",
      "CI=yes",
      `PATH=${["/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin"].join(":")}`,
      `PWD=${folder}/w`,
    ]);
  });

  test("F-19: receipts of one installation are a chain, and a missing link is found", async () => {
    const { ces, at } = shop(["printf", "x"]);
    for (const name of ["1.json", "2.json", "3.json"]) expect((await ces("run", "--receipt-out", name)).code).toBe(0);
    const verify = (...names: readonly string[]) =>
      at("contract", "verify", ...names, "--public-key", "../state/ces/contracts/runner.pub", "--chain");
    expect((await verify("1.json", "2.json", "3.json")).code).toBe(0);
    expect((await verify("1.json", "3.json")).code).toBe(4);
  });

  test("csc hardened writes a receipt of the published form that verifies by its PEM key (F-13)", async () => {
    const { csc, at, receipt, folder } = shop(["printf", "x"]);
    const { privateKey, publicKey } = generateKeyPairSync("ed25519");
    writeFileSync(join(folder, "key.pem"), privateKey.export({ type: "pkcs8", format: "pem" }), { mode: 0o600 });
    writeFileSync(join(folder, "pub.pem"), publicKey.export({ type: "spki", format: "pem" }));
    const signing = ["--sign", "--signing-key", "key.pem", "--key-id", "k1"];
    expect((await csc("run", "--mode", "hardened", ...signing)).code).toBe(0);
    const made = receipt();
    expect(made["receipt_version"]).toBe("csc.receipt.v0.1");
    expect(Object.keys(made)).not.toContain("results");
    expect((await at("contract", "verify", "out/receipt.json", "--public-key", "pub.pem", "--key-id", "k1")).code).toBe(
      0,
    );
    const debug = await csc("run", "--mode", "hardened", ...signing, "--sandbox-debug");
    expect([debug.code, debug.err]).toEqual([0, "c1: printf x\n"]);
  });

  // Source: spec/csc.md §5, "Order in `run`".
  test("csc asks the decision before it reads an approval or shows the sandbox", async () => {
    const signing = ["--mode", "hardened", "--sign", "--signing-key", "key.pem", "--key-id", "k1"];
    const key = generateKeyPairSync("ed25519").privateKey.export({ type: "pkcs8", format: "pem" });
    const denied = shop(["rm", "x"]);
    const waiting = shop(["printf", "x"], { contract: { approval_mode: "human_required" } });
    for (const { folder } of [denied, waiting]) writeFileSync(join(folder, "key.pem"), key, { mode: 0o600 });
    const said = async (run: Promise<{ readonly code: number | null; readonly out: string }>) => {
      const { code, out } = await run;
      return `${code} ${out.split(" — ")[0]}`;
    };
    expect(await said(denied.csc("run", "--approval", "none.json"))).toBe("1 DENY");
    expect(denied.receipt()).toMatchObject({ status: "blocked" });
    expect(await said(denied.csc("run", ...signing, "--sandbox-debug"))).toBe("1 DENY");
    expect(await said(waiting.csc("run", "--approval", "none.json"))).toBe("1 ERROR");
    expect(existsSync(join(waiting.folder, "out"))).toBe(false);
    expect(await said(waiting.csc("run", ...signing, "--sandbox-debug"))).toBe("2 NEEDS APPROVAL");
    expect(waiting.receipt()).toMatchObject({ status: "blocked", signature: { key_id: "k1" } });
  });

  test("a signing key in the workspace is not seen by the command", async () => {
    const { ces, folder } = shop(["find", ".", "-size", "+0"], { command: { read_paths: [] } });
    const { privateKey } = generateKeyPairSync("ed25519");
    writeFileSync(join(folder, "w/key.pem"), privateKey.export({ type: "pkcs8", format: "pem" }), { mode: 0o644 });
    const run = await ces("run", "--sign", "--signing-key", "w/key.pem", "--key-id", "k", "--stdout-out", "said.txt");
    expect(run.code).toBe(0);
    expect(readFileSync(join(folder, "said.txt"), "utf8")).not.toContain("key.pem");
  });
});

describe("ces contract approve", () => {
  const waits = { contract: { approval_mode: "human_required" } } as const;

  test("F-05: without a terminal and without a key nobody approves; what is denied or needs none is not approved", async () => {
    const { ces, folder } = shop(["printf", "x"], waits);
    const alone = await ces("approve");
    expect([alone.code, alone.err]).toEqual([3, expect.stringContaining("a person has to approve")]);
    expect((await ces("approve", "--as", "alice")).code).not.toBe(0);
    expect(readdirSync(folder).filter((name) => name.startsWith("approval-"))).toEqual([]);
    expect((await shop(["rm", "x"], waits).ces("approve")).code).toBe(3);
    expect((await shop(["printf", "x"]).ces("approve")).code).toBe(3);
  });

  test.skipIf(bwrapOrSkip())(
    "F-05, F-06: an enrolled person's key approves once, for this contract; a second run is refused",
    async () => {
      const { ces, at, receipt, folder } = shop(["printf", "x"], waits);
      for (const words of [
        ["init", "-q"],
        ["-c", "user.name=t", "-c", "user.email=t@example.org", "commit", "-q", "--allow-empty", "-m", "first"],
      ])
        await new Promise(
          (resolve) => void spawn("git", words, { cwd: folder, stdio: "ignore" }).once("close", resolve),
        );
      expect((await at("keys", "enroll", "alice", "--may", "human")).code).toBe(0);
      const approved = await ces("approve", "--as", "alice", "--out", "yes.json");
      expect([approved.err, approved.code]).toEqual(["", 0]);
      expect((await ces("run", "--approval", "yes.json")).code).toBe(0);
      expect(receipt()).toMatchObject({ approvals: [{ identity: "alice", scope: "single_execution" }] });
      expect((await ces("run", "--approval", "yes.json")).code).toBe(7);
      const forged = JSON.parse(readFileSync(join(folder, "yes.json"), "utf8")) as Record<string, unknown>;
      writeFileSync(join(folder, "no.json"), JSON.stringify({ ...forged, approval_id: "approval_another" }));
      expect((await ces("run", "--approval", "no.json")).code).toBe(7);
    },
  );
});
