// Writing the rules that a person added: apart from reading them, since a hook never writes any.
import { randomBytes } from "node:crypto";
import { closeSync, constants, fsyncSync, linkSync, openSync, renameSync, rmSync, writeSync } from "node:fs";
import type { AllowRule } from "@ces/guard";
import type { Json } from "@ces/kernel";
import { keyFile, macOf, readOurs, rulesFile } from "./allow-file.ts";
import { type GuardPlaces, ownState } from "./guard-places.ts";

/** Replaces the rules; the old file or the new one is there, never half. */
export function writeAllowRules(places: GuardPlaces, rules: readonly AllowRule[]): void {
  ownState(places);
  const plain: readonly Json[] = rules.map((rule) => ({
    ...rule,
    subcommand: [...rule.subcommand],
    options: [...rule.options],
  }));
  const key = ownKey(places);
  const file = rulesFile(places);
  const temporary = `${file}.${randomBytes(8).toString("hex")}`;
  write(temporary, Buffer.from(JSON.stringify({ schema: "ces.guard-allow/v1", rules: plain, mac: macOf(key, plain) })));
  renameSync(temporary, file);
}

function ownKey(places: GuardPlaces): Uint8Array {
  const known = readOurs(keyFile(places), 64);
  if (known !== undefined) return known;
  const temporary = `${keyFile(places)}.${randomBytes(8).toString("hex")}`;
  write(temporary, randomBytes(32));
  try {
    // A hard link is "create unless there".
    linkSync(temporary, keyFile(places));
  } finally {
    rmSync(temporary, { force: true });
  }
  return readOurs(keyFile(places), 64) ?? ownKey(places);
}

function write(path: string, bytes: Uint8Array): void {
  const fd = openSync(path, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW, 0o600);
  try {
    writeSync(fd, bytes);
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}
