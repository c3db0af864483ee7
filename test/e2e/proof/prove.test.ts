// `ces doctor --prove` as a person types it: through the clients that are here, into the ledger with a receipt, and what builds make of it.
import { chmodSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { bwrapOrSkip, clientBinaries, clientsOrSkip } from "../../support/requirements.ts";
import { ended, type ScratchShop, scratchShop } from "../../support/e2e/scratch-shop.ts";

type Finding = { readonly name: string; readonly ok: boolean | null; readonly detail: string; readonly remedy: string };
type Proof = {
  readonly proof_id: string;
  readonly fingerprint: string;
  readonly held: boolean;
  readonly recorded: boolean;
  readonly runtimes: readonly { readonly runtime: string; readonly version: string }[];
  readonly canaries: readonly {
    readonly id: string;
    readonly runtime: string;
    readonly held: boolean;
    readonly observed: string;
  }[];
  readonly not_tried: readonly { readonly id: string }[];
};

describe.skipIf(bwrapOrSkip())("ces doctor --prove", () => {
  let shop: ScratchShop;
  const before = new Set(readdirSync(tmpdir()));
  beforeEach(async () => void (shop = await scratchShop({ enrol: false })));
  afterEach(() => shop.remove());

  // PATH of these tests holds no client, and HOME is empty.
  const withoutClients = { PATH: "/usr/bin:/bin" };
  const prove = async (env: Record<string, string> = withoutClients) => {
    const { code, document } = await shop.json(["doctor", "--prove"], env);
    // The document's own words; the assertions say what must stand there.
    return { code, document, proof: document.data?.["proof"] as Proof };
  };
  const mentioned = async (env: Record<string, string> = withoutClients): Promise<Finding | undefined> => {
    const { document } = await shop.json(["doctor"], env);
    const findings = document.data?.["findings"];
    // The list of findings is the command's own; what stands in it is asserted.
    return Array.isArray(findings) ? (findings as readonly Finding[]).find(({ name }) => name === "proof") : undefined;
  };

  test(
    "without a client a recording proves it, and says so; doctor and the ledger know, and the receipt holds",
    { timeout: 120_000 },
    async () => {
      expect(await mentioned()).toMatchObject({ ok: null, remedy: "ces doctor --prove" });
      const { code, proof } = await prove();
      expect(proof.canaries.filter(({ held }) => !held)).toEqual([]);
      expect({ code, held: proof.held, recorded: proof.recorded }).toEqual({ code: 0, held: true, recorded: true });
      expect(proof.runtimes).toEqual([{ runtime: "replay", version: "1" }]);
      expect(proof.not_tried.map(({ id }) => id)).toEqual(["gateway-key", "nested-client"]);
      expect(await mentioned()).toMatchObject({ ok: true, detail: expect.stringContaining("through replay") });
      const { document } = await shop.json(["audit", "-e", "proof"]);
      expect(document.data).toMatchObject({
        entries: [{ event_type: "proof", decision: "held", refs: [proof.proof_id] }],
      });
      const verified = await shop.ces(["audit", "verify"]);
      expect(verified).toMatchObject({ code: 0, stdout: expect.stringContaining("1 signed receipts") });
      const { stdout } = await shop.ces(["doctor", "--prove"], withoutClients);
      expect(stdout).toContain("no client is installed: a recording played the commands");
      expect(stdout).toContain("denied-read");
    },
  );

  test("outside of a project it proves all the same, and keeps nothing", { timeout: 60_000 }, async () => {
    const child = await ended(shop.start(["doctor", "--prove", "--json", "--project-root", shop.home], withoutClients));
    expect(child.code).toBe(0);
    expect(JSON.parse(child.stdout)).toMatchObject({ data: { proof: { held: true, recorded: false } } });
  });

  test(
    "a wall that does not hold is exit 5; then nothing is built until a proof is green",
    { timeout: 180_000 },
    async () => {
      const bwrap = weakBwrap(shop, String.raw`--ro-bind\x00\/proc\/sys\x00\/proc\/sys\x00`);
      const red = await prove();
      expect(red.code).toBe(5);
      expect(red.proof.canaries.filter(({ held }) => !held).map(({ id }) => id)).toEqual(["sysctl"]);
      expect(await mentioned()).toMatchObject({ ok: false, detail: expect.stringContaining("red: sysctl (replay)") });
      expect(await shop.ces(["doctor"], withoutClients)).toMatchObject({ code: 5 });

      const build = [
        "build",
        "Add a note about the shop",
        "--runtime",
        "replay",
        "--cassette",
        cassette(shop),
        "--yes",
      ];
      const refused = await shop.json(build, withoutClients);
      expect(refused.code).toBe(5);
      expect(refused.document.error).toMatchObject({
        code: "PROOF_RED",
        message: expect.stringContaining("sysctl (replay)"),
        remedy: "ces doctor --prove",
      });
      expect((await shop.json(["status"], withoutClients)).document.data).toMatchObject({ builder_run: null });

      // The wall is put up again; its version is the same, so the machine is.
      bwrap("nothing");
      expect((await shop.json(build, withoutClients)).document.error).toMatchObject({ code: "PROOF_RED" });
      const green = await prove();
      expect({ code: green.code, same: green.proof.fingerprint === red.proof.fingerprint }).toEqual({
        code: 0,
        same: true,
      });
      const built = await shop.json(build, withoutClients);
      expect(built.document.error?.code).not.toBe("PROOF_RED");
      expect(built.document.data).toMatchObject({ runtime: "replay" });
    },
  );

  test("a proof that is interrupted is no proof, and leaves nothing behind", { timeout: 60_000 }, async () => {
    const child = shop.start(["doctor", "--prove"], withoutClients);
    const end = ended(child);
    await new Promise<void>((resolve) => {
      const look = (text: unknown): void => void (`${text}`.includes("forged-stream") && resolve());
      child.stdout?.on("data", look);
      child.stderr?.on("data", look);
    });
    child.kill("SIGINT");
    expect(await end).toMatchObject({ code: 130 });
    expect(await mentioned()).toMatchObject({ ok: null });
    const planted = readdirSync(tmpdir()).filter((name) => /^ces-pro(of|ve)-/.test(name));
    expect(planted.filter((name) => !before.has(name))).toEqual([]);
  });

  test("nothing is started while everything is halted", { timeout: 60_000 }, async () => {
    await prove();
    expect(await shop.ces(["emergency", "declare", "incident"])).toMatchObject({ code: 0 });
    const { code, document } = await prove();
    expect({ code, error: document.error?.code }).toEqual({ code: 3, error: "HALTED" });
  });

  test.skipIf(clientsOrSkip())(
    "every client that is here proves it, one after the other",
    { timeout: 180_000 },
    async () => {
      const { claude, codex } = clientBinaries();
      const clients = { ...withoutClients, CES_CLAUDE_BIN: claude, CES_CODEX_BIN: codex };
      const { code, proof } = await prove(clients);
      expect(proof.canaries.filter(({ held }) => !held)).toEqual([]);
      expect(code).toBe(0);
      expect(proof.runtimes.map(({ runtime }) => runtime)).toEqual(["claude", "codex"]);
      expect(proof.not_tried).toEqual([]);
      expect(await mentioned(clients)).toMatchObject({ ok: true });
      // Without them it is another machine.
      expect(await mentioned()).toMatchObject({ ok: null, detail: expect.stringContaining("other versions") });
    },
  );
});

/** bubblewrap of the person's own configuration, without arguments that fit; the answer changes which. */
function weakBwrap(shop: ScratchShop, without: string): (without: string) => void {
  const path = join(shop.home, "bwrap");
  const write = (pattern: string): void => {
    const lines = [
      "#!/bin/bash",
      '[ "$1" = --version ] && exec /usr/bin/bwrap --version',
      `exec 3< <(exec /usr/bin/perl -0777 -pe 's/${pattern}//g' <&3)`,
      'exec /usr/bin/bwrap "$@"',
    ];
    writeFileSync(path, `${lines.join("\n")}\n`);
    chmodSync(path, 0o755);
  };
  write(without);
  // Below a folder that everybody may pass: as root the box's user starts it.
  for (const folder of [shop.home, join(shop.home, "..")]) chmodSync(folder, 0o755);
  const config = join(shop.home, ".config/ces");
  mkdirSync(config, { recursive: true, mode: 0o700 });
  writeFileSync(join(config, "config.yaml"), `binaries:\n  bwrap: ${path}\n`, { mode: 0o600 });
  return write;
}

function cassette(shop: ScratchShop): string {
  const path = join(shop.home, "note.cassette.json");
  const steps = [{ tool: "Write", path: "src/note.js", content: "// a note\n" }, { say: "done" }];
  const request = "Add a note about the shop";
  writeFileSync(path, JSON.stringify({ schema: "ces.cassette/v1", name: "note", request, steps, reviews: {} }));
  return path;
}
