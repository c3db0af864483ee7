// The real programs, where they are installed. Neither can be had from a registry of this house, so a machine without them reports a skipped test, never a passed one.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { findLayer } from "../src/find-layer.ts";

test.for(["nono", "openshell"] as const)("%s runs a command inside its walls", async (name, { skip }) => {
  const scratch = mkdtempSync(join(tmpdir(), "ces-real-layer-"));
  try {
    const home = process.env["HOME"] ?? "/nonexistent";
    const search = { path: process.env["PATH"] ?? "", forbiddenRoots: [], env: { HOME: home }, scratch };
    const found = await findLayer(name, search);
    if (found.kind === "missing")
      return skip(`${found.why}; the driver was only tested against a program that behaves as ${name} says`);
    const read = ["/usr", "/bin", "/lib", "/lib64", "/etc"];
    const end = await found.layer.run({
      argv: ["/bin/echo", "inside"],
      workdir: "/",
      read,
      write: [],
      hosts: [],
      env: {},
      timeout_ms: 60_000,
    });
    expect(end).toMatchObject({ result: "succeeded", output: "inside\n" });
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
});
