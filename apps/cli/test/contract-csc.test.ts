// `csc` as the reference spells it: words, one line, exits 0, 1 and 2.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { cscProgram } from "../src/csc/csc-program.ts";

const examples = join(import.meta.dirname, "../../../test/vectors/csc/examples");
const contract = (name: string) => join(examples, `contracts/${name}.json`);
const policy = (name: string) => join(examples, `policies/${name}.yaml`);

async function csc(...words: readonly string[]) {
  let [out, err] = ["", ""];
  const code = await cscProgram(words, { out: (text) => void (out += text), err: (text) => void (err += text) });
  return { code, out, err };
}

function put(name: string, text: string): string {
  const folder = mkdtempSync(join(tmpdir(), "ces-csc-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

test("check: ALLOW 0, DENY 1, NEEDS APPROVAL 2", async () => {
  expect(await csc("check", contract("git-status"), policy("dev-readonly"))).toEqual({
    code: 0,
    out: "ALLOW — every rule of dev-readonly holds\n",
    err: "",
  });
  const denied = await csc("check", contract("curl-denied"), policy("dev-readonly"));
  expect([denied.code, denied.out.split("\n")]).toEqual([
    1,
    [expect.stringMatching(/^DENY — .*\[RISK_CLASS_NOT_ALLOWED\].*\[COMMAND_NOT_ALLOWED\]/), ""],
  ]);
  const human = put(
    "c.json",
    readFileSync(contract("git-status"), "utf8").replace("policy_only", "dual_control_required"),
  );
  const asked = await csc("check", human, policy("dev-readonly"));
  expect([asked.code, asked.out.slice(0, 17)]).toEqual([2, "NEEDS APPROVAL — "]);
});

test("errors are one line and exit 1, a wrong command line is 2", async () => {
  const broken = await csc("check", put("c.json", "{"), policy("dev-readonly"));
  expect([broken.code, broken.out]).toEqual([1, expect.stringMatching(/^ERROR — .*is not JSON.*\n$/)]);
  expect((await csc("check", "/no/such/file", policy("dev-readonly"))).code).toBe(1);
  expect((await csc("check", contract("git-status"))).code).toBe(2);
  expect((await csc("check", contract("git-status"), policy("dev-readonly"), "--json")).code).toBe(2);
  expect((await csc("approve")).code).toBe(2);
  expect((await csc("verify-receipt", "r.json", "--key-id", "k")).code).toBe(2);
  expect((await csc("--help")).out).toContain("csc verify-receipt RECEIPT");
});

test("no markup, no control character: the line is plain (F-28)", async () => {
  const text = readFileSync(contract("git-status"), "utf8").replace('"git"', String.raw`"[/x][link=y]\u001b[31m\n"`);
  const { code, out } = await csc("check", put("c.json", text), policy("dev-readonly"));
  expect(code).toBe(1);
  expect(out).toContain("[/x][link=y]\\x1b[31m\\n");
  expect(out.split("\n")).toHaveLength(2);
});

test("verify-receipt: VALID 0, INVALID 1", async () => {
  const [made]: readonly { readonly text: string; readonly public_key_hex: string }[] = JSON.parse(
    readFileSync(join(examples, "../interchange/interchange.json"), "utf8"),
  );
  const key = put("key", made!.public_key_hex);
  const verify = (text: string, id = "key-1") =>
    csc("verify-receipt", put("r.json", text), "--public-key", key, "--key-id", id);
  expect(await verify(made!.text)).toMatchObject({ code: 0, out: expect.stringMatching(/^VALID — signed by key-1/) });
  expect(await verify(made!.text.replace("-9", "-8"))).toMatchObject({ code: 1, out: "INVALID — invalid signature\n" });
  expect(await verify(made!.text, "other")).toMatchObject({ code: 1, out: "INVALID — unknown key_id\n" });
  expect(await verify("{")).toMatchObject({ code: 1, out: expect.stringMatching(/^ERROR — /) });
  expect((await verify(made!.text, "")).code).toBe(2);
});
