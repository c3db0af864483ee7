// Writing what a person decided: apart from reading it, since a hook never writes any.
import { randomBytes } from "node:crypto";
import { closeSync, constants, fsyncSync, linkSync, openSync, renameSync, rmSync, writeSync } from "node:fs";
import type { Json } from "@ces/kernel";
import { type GuardPlaces, ownState } from "./guard-places.ts";
import { keyFile, listFile, macOf, type PersonList, readOurs } from "./person-list.ts";

/** Replaces the list; the old file or the new one is there, never half. */
export function writePersonList(places: GuardPlaces, list: PersonList, items: readonly Json[]): void {
  ownState(places);
  const mac = macOf(ownKey(places), list, items);
  const file = listFile(places, list);
  const temporary = `${file}.${randomBytes(8).toString("hex")}`;
  write(temporary, Buffer.from(JSON.stringify({ schema: list.schema, [list.member]: items, mac })));
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
