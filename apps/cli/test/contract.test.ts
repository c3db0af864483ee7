// `ces contract …` over real files: exits, one document, and words that are shown and never obeyed.
import { generateKeyPairSync } from "node:crypto";
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type ApprovalArtifact, readContract, readPolicy, seedKey, signApproval, signReceipt } from "@ces/contract";
import { nodeCrypto } from "@ces/crypto-node";
import { encodeBase64 } from "@ces/kernel";
import { ces, scene, type Scene } from "./run-ces.ts";

const examples = join(import.meta.dirname, "../../../test/vectors/csc/examples");
const interchange: readonly { readonly id: string; readonly text: string; readonly public_key_hex: string }[] =
  JSON.parse(readFileSync(join(examples, "../interchange/interchange.json"), "utf8"));

/** A scene with the published examples beside it. */
function contractScene(): Scene & {
  readonly at: (name: string) => string;
  readonly put: (name: string, text: string) => string;
} {
  const place = scene({ git: false });
  cpSync(examples, join(place.project, "csc"), { recursive: true });
  const at = (name: string): string => join(place.project, "csc", name);
  const put = (name: string, text: string): string => {
    writeFileSync(join(place.project, name), text);
    return join(place.project, name);
  };
  return { ...place, at, put };
}

const seed = new Uint8Array(32).fill(9);

describe("ces contract check", () => {
  test("allows, denies, asks: 0, 3, 7, in one document", async () => {
    const place = contractScene();
    const check = (contract: string, policy: string) =>
      ces(place, ["contract", "check", place.at(`contracts/${contract}`), place.at(`policies/${policy}`), "--json"]);
    const allowed = await check("git-status.json", "dev-readonly.yaml");
    expect(allowed.code).toBe(0);
    expect(allowed.json()).toMatchObject({
      schema: "ces.contract.check/v1",
      ok: true,
      data: {
        decision: {
          decision: "allow",
          reason_codes: ["ALLOW"],
          contract_sha256: "2c8487847d601deb81882f5b55a520313b06d7a137a122bee1f5748320c0afd3",
        },
        policy_sha256: "439e7b580bf6269d598bc73d2e1681fe4384c74fef35e57b26da980cd29b23f1",
      },
    });
    const denied = await check("curl-denied.json", "dev-readonly.yaml");
    expect(denied.code).toBe(3);
    expect(denied.json()).toMatchObject({
      ok: false,
      data: {
        decision: {
          reason_codes: [
            "RISK_CLASS_NOT_ALLOWED",
            "COMMAND_NOT_ALLOWED",
            "EFFECT_TYPE_NOT_ALLOWED",
            "NETWORK_EXCEEDS_POLICY",
          ],
        },
      },
    });

    const human = readFileSync(place.at("contracts/git-status.json"), "utf8").replace("policy_only", "human_required");
    const asked = await ces(place, [
      "contract",
      "check",
      place.put("human.json", human),
      place.at("policies/dev-readonly.yaml"),
      "--json",
    ]);
    expect(asked.code).toBe(7);
    expect(asked.json()).toMatchObject({ ok: false, data: { decision: { decision: "needs_approval" } } });
  });

  test("takes a signed approval, and says why it takes none", async () => {
    const place = contractScene();
    const contract = place.put(
      "human.json",
      readFileSync(place.at("contracts/git-status.json"), "utf8").replace("policy_only", "human_required"),
    );
    const key = encodeBase64(nodeCrypto.ed25519PublicKey(seed));
    const policy = place.put(
      "policy.yaml",
      `${readFileSync(place.at("policies/dev-readonly.yaml"), "utf8")}approvers: [{identity: ana, public_key: "${key}"}]\n`,
    );
    const [what, rules] = [
      readContract(readFileSync(contract), nodeCrypto),
      readPolicy(readFileSync(policy), nodeCrypto),
    ];
    if (what.kind === "refused" || rules.kind === "refused") throw new Error("refused");
    const now = Date.now();
    const bare: ApprovalArtifact = {
      approval_version: "csc.approval.v0.1",
      approval_id: "ap-1",
      contract_sha256: what.sha256,
      policy_sha256: rules.sha256,
      approver: { identity: "ana", method: "cli" },
      approved_at: new Date(now - 1000).toISOString(),
      expires_at: new Date(now + 3_600_000).toISOString(),
      scope: "single_execution",
    };
    const good = signApproval(
      bare,
      seedKey(seed, { key_id: "ana", signed_at: new Date(now).toISOString(), crypto: nodeCrypto }),
    );
    const check = (approval: object) =>
      ces(place, [
        "contract",
        "check",
        contract,
        policy,
        "--approval",
        place.put("ap.json", JSON.stringify(approval)),
        "--json",
      ]);
    const yes = await check(good);
    expect([yes.code, yes.json().data["approved_by"]]).toEqual([0, ["ana"]]);
    const no = await check({ ...good, scope: "time_window" });
    expect(no.code).toBe(7);
    expect(no.out).toContain("the signature is not the approver's");
  });

  test("says what a file lacks, and which exit that is", async () => {
    const place = contractScene();
    const policy = place.at("policies/dev-readonly.yaml");
    const check = async (contract: string, rules = policy) => {
      const { code, err } = await ces(place, ["contract", "check", contract, rules]);
      return [code, err] as const;
    };
    const good = place.at("contracts/git-status.json");
    expect(await check(join(place.project, "none.json"))).toEqual([
      2,
      expect.stringContaining("failed to read contract"),
    ]);
    expect(await check(place.project)).toEqual([2, expect.stringContaining("no regular file")]);
    expect(await check("/dev/zero")).toEqual([2, expect.stringContaining("no regular file")]);
    expect(await check(place.put("big.json", " ".repeat(1_048_577)))).toEqual([
      2,
      expect.stringContaining("1048577 bytes"),
    ]);
    expect(await check(place.put("bad.json", "[".repeat(200_000)))).toEqual([
      3,
      expect.stringContaining("nests too deeply"),
    ]);
    expect(
      await check(
        place.put("dots.json", readFileSync(good, "utf8").replace("/workspace/repo/**", "/workspace/../etc")),
      ),
    ).toEqual([3, expect.stringContaining("`..` segment")]);
    expect(await check(good, place.put("p.yaml", "a: 1\na: 2\n"))).toEqual([
      6,
      expect.stringContaining("duplicate key"),
    ]);
    expect((await ces(place, ["contract", "check", good])).code).toBe(2);
  });

  test("shows the agent's words, and lets none of them move the cursor", async () => {
    const place = contractScene();
    const text = readFileSync(place.at("contracts/git-status.json"), "utf8").replace(
      '"git"',
      String.raw`"\u001b[2J[/x]"`,
    );
    const { code, out } = await ces(place, [
      "contract",
      "check",
      place.put("markup.json", text),
      place.at("policies/dev-readonly.yaml"),
    ]);
    expect(code).toBe(3);
    expect(out).toContain("\\x1b[2J[/x]");
    expect(out).not.toContain("\u001b");
  });

  test("hardened mode asks more", async () => {
    const place = contractScene();
    const python = place.put(
      "py.json",
      readFileSync(place.at("contracts/git-status.json"), "utf8")
        .replace('"git"', '"python3"')
        .replace('"status"', '"x.py"'),
    );
    const rules = place.at("policies/dev-readonly.yaml");
    expect((await ces(place, ["contract", "check", python, rules])).code).toBe(0);
    const hardened = await ces(place, ["contract", "check", python, rules, "--mode", "hardened"]);
    expect([hardened.code, hardened.out.includes("INTERPRETER_NOT_ALLOWED")]).toEqual([3, true]);
  });
});

describe("ces contract verify", () => {
  const [made] = interchange;
  const raw = (hex: string) => Buffer.from(hex, "hex");

  test("verifies receipts of both sides, by any form of the key", async () => {
    const place = contractScene();
    const files = interchange.map(({ id, text }) => place.put(`${id}.json`, text));
    const key = place.put("key.hex", made!.public_key_hex);
    const good = await ces(place, ["contract", "verify", ...files, "--public-key", key, "--json"]);
    expect(good.code).toBe(0);
    expect(good.json().data["receipts"]).toEqual([
      expect.objectContaining({ verdict: "valid", key_id: "key-1" }),
      expect.objectContaining({ verdict: "valid" }),
    ]);
    writeFileSync(join(place.project, "key.raw"), raw(made!.public_key_hex));
    expect(
      (
        await ces(place, [
          "contract",
          "verify",
          files[0]!,
          "--public-key",
          join(place.project, "key.raw"),
          "--key-id",
          "key-1",
        ])
      ).code,
    ).toBe(0);
  });

  test("changed: 4; unknown: 6; without a key: 6; not there: 2", async () => {
    const place = contractScene();
    const key = place.put("key.hex", made!.public_key_hex);
    const file = place.put("r.json", made!.text);
    const code = async (...words: readonly string[]) => (await ces(place, ["contract", "verify", ...words])).code;
    expect(
      await code(place.put("changed.json", made!.text.replace('"failed"', '"success"')), "--public-key", key),
    ).toBe(4);
    expect(
      await code(
        place.put("twice.json", made!.text.replace('"status"', '"status": "failed",\n  "status"')),
        "--public-key",
        key,
      ),
    ).toBe(4);
    expect(await code(file, "--public-key", key, "--key-id", "other")).toBe(6);
    expect(await code(file)).toBe(6);
    expect(await code(join(place.project, "none.json"), "--public-key", key)).toBe(2);
    expect(await code(file, "--public-key", place.put("bad.key", "x"))).toBe(2);
    expect(
      await code(
        file,
        place.put("changed2.json", made!.text.replace('"failed"', '"success"')),
        "--public-key",
        key,
        "--key-id",
        "other",
      ),
    ).toBe(6);
  });

  test("knows revocations, contracts and chains", async () => {
    const place = contractScene();
    const file = place.put("r.json", made!.text);
    const code = async (...words: readonly string[]) => (await ces(place, ["contract", "verify", ...words])).code;
    const trust = (more: object) =>
      place.put(
        "trust.json",
        JSON.stringify({ keys: [{ key_id: "key-1", public_key: made!.public_key_hex, ...more }] }),
      );
    expect(await code(file, "--trust", trust({}))).toBe(0);
    expect(await code(file, "--trust", trust({ revoked_at: "2026-01-01T00:00:00Z" }))).toBe(4);
    expect(await code(file, "--trust", trust({ revoked_at: "soon" }))).toBe(2);
    expect(await code(file, "--trust", trust({}), "--contract", place.at("contracts/git-status.json"))).toBe(4);
    expect(
      await code(
        place.put("there.json", interchange[1]!.text),
        "--trust",
        trust({}),
        "--contract",
        place.at("contracts/git-status.json"),
        "--policy",
        place.at("policies/dev-readonly.yaml"),
      ),
    ).toBe(0);
    expect(await code(file, file, "--trust", trust({}), "--chain")).toBe(4);
  });

  test("a signed text that is no receipt is not valid", async () => {
    const place = contractScene();
    const key = seedKey(seed, { key_id: "k", signed_at: "2026-03-23T12:00:06Z", crypto: nodeCrypto });
    const forged = signReceipt({ anything: true } as never, key);
    const file = place.put("any.json", JSON.stringify(forged));
    const pub = place.put("k.b64", encodeBase64(nodeCrypto.ed25519PublicKey(seed)));
    const { code, out } = await ces(place, ["contract", "verify", file, "--public-key", pub]);
    expect([code, out.includes("schema validation failed")]).toEqual([4, true]);
  });

  test("a PEM key as the quickstart has it", async () => {
    const place = contractScene();
    const { publicKey } = generateKeyPairSync("ed25519");
    const pem = place.put("pub.pem", publicKey.export({ format: "pem", type: "spki" }).toString());
    const { code } = await ces(place, ["contract", "verify", place.put("r.json", made!.text), "--public-key", pem]);
    expect(code).toBe(4);
  });
});

describe("ces contract schema", () => {
  test("prints each as it is enforced", async () => {
    const place = contractScene();
    const { out } = await ces(place, ["contract", "schema", "contract"]);
    expect(JSON.parse(out)).toEqual(
      JSON.parse(readFileSync(join(examples, "../schemas/csc.contract.v0.1.schema.json"), "utf8")),
    );
    const listed = await ces(place, ["contract", "schema", "--json"]);
    const names = (listed.json().data["schemas"] as readonly { readonly name: string }[]).map(({ name }) => name);
    for (const name of names) expect((await ces(place, ["contract", "schema", name, "--json"])).code).toBe(0);
    expect((await ces(place, ["contract", "schema", "nothing"])).code).toBe(2);
  });
});

describe("ces contract new", () => {
  test("writes what was said, nothing more, once", async () => {
    const place = contractScene();
    const words = [
      "contract",
      "new",
      "--yes",
      "--out",
      "c.json",
      "--read",
      "/workspace/repo/**",
      "--effect",
      "observe",
      "--",
      "git",
      "status",
      "--short",
    ];
    const made = await ces(place, words);
    expect(made.code).toBe(0);
    const written = JSON.parse(readFileSync(join(place.project, "c.json"), "utf8"));
    expect(written).toMatchObject({
      commands: [
        {
          exec: { argv: ["git", "status", "--short"] },
          cwd: place.project,
          read_paths: ["/workspace/repo/**"],
          write_paths: [],
          network: "deny",
          env_allow: [],
          secret_refs: [],
        },
      ],
      risk_class: "low",
      approval_mode: "policy_only",
    });
    expect(readContract(readFileSync(join(place.project, "c.json")), nodeCrypto).kind).toBe("read");
    expect((await ces(place, words)).code).toBe(3);
  });

  test("follows no link and needs a command", async () => {
    const place = contractScene();
    mkdirSync(join(place.project, "d"));
    symlinkSync(join(place.project, "d/target"), join(place.project, "link.json"));
    expect((await ces(place, ["contract", "new", "--yes", "--out", "link.json", "--", "git"])).code).toBe(3);
    expect((await ces(place, ["contract", "new", "--yes"])).code).toBe(2);
    expect((await ces(place, ["contract", "new", "--intent", "i", "--", "git"])).code).toBe(2);
  });
});
