// What is started for no delivery asks the pack `probe`, and a refusal says why.
import { nodeCrypto } from "@ces/crypto-node";
import { expect, it } from "vitest";
import { probeContract, type ProbeStart } from "../src/index.ts";

const ground = { crypto: nodeCrypto, now: () => 0, found: ["/opt/agent/claude"] };
const version: ProbeStart = {
  what: "the version of claude",
  argv: ["/opt/agent/claude", "--version"],
  cwd: "/",
  read_paths: ["/opt/agent/claude"],
  write_paths: [],
  timeout_ms: 10_000,
};

it("keeps the texts that its hashes are over", () => {
  const { ref, texts } = probeContract(version, ground);
  expect(ref).toMatchObject({ contract_id: "command-probe-claude", policy: "probe", decision: "allow" });
  expect(JSON.parse(texts.contract)).toMatchObject({ commands: [{ exec: { argv: version.argv } }] });
  expect(JSON.parse(texts.policy)).toMatchObject({ name: "probe", allow_commands: ["/bin/sh", "/opt/agent/claude"] });
  expect(JSON.parse(texts.decision)).toMatchObject({ decision: "allow" });
  expect(new Set([ref.contract_sha256, ref.policy_sha256, ref.decision_sha256]).size).toBe(3);
});

it.each<[string, Partial<ProbeStart>, string]>([
  ["a program that was not found", { argv: ["/tmp/claude", "--version"] }, "COMMAND_NOT_ALLOWED"],
  ["a write", { write_paths: ["/root"] }, "WRITE_SCOPE_DENIED"],
  ["a look at a home", { read_paths: ["/root/.ssh"] }, "READ_SCOPE_DENIED"],
  ["a minute", { timeout_ms: 60_000 }, "TIMEOUT_EXCEEDS_POLICY"],
  ["a NUL", { argv: ["/opt/agent/claude", "a\0b"] }, "no command contract can be made"],
])("%s is refused", (_, change, why) => {
  expect(() => probeContract({ ...version, ...change }, ground)).toThrow(
    expect.objectContaining({ code: "COMMAND_CONTRACT_REFUSED", message: expect.stringContaining(why) }),
  );
});
