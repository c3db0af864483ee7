// The home of the keys that sign receipts: a folder of the user's own with a record and a private half for each name. The record is replaced whole, so
// that a name has the old key or the new one, never both. Source: spec/acta.md §7.3.
import { sign } from "node:crypto";
import { lstatSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import {
  atomicWrite,
  createOnce,
  dropTemporaries,
  ownedDirectory,
  readOwned,
  repositoryAbove,
  withOwnerLock,
} from "@ces/files";
import { CesError, decodeHex, encodeHex } from "@ces/kernel";
import { askSigner } from "./external-signer.ts";
import type { NewKey } from "./new-key.ts";
import { readKeyText } from "./read-key-text.ts";
import { readPrivateFile, unexposed } from "./read-private-file.ts";
import { type KeyFacts, type OpenRotation, ReceiptKey } from "./receipt-key.schema.ts";

/** A key that signs. `place` is there when the private half is in this process; every other answer is to be verified. */
export type OpenKey = {
  readonly public_key: Uint8Array;
  readonly sign: (message: Uint8Array) => Uint8Array;
  readonly place?: "process";
};

/** The keys of this account that sign receipts. Everything throws CesError `KEY_…`, `STATE_BUSY`. */
export type KeyHome = {
  /** All names, sorted. */
  readonly names: () => readonly string[];
  /** What is known of a name; undefined when there is none. */
  readonly find: (name: string) => ReceiptKey | undefined;
  /** Throws `KEY_EXISTS` or `KEY_NAME` for a name that cannot be given, before anybody is asked for a passphrase. */
  readonly checkFree: (name: string) => void;
  /** Gives a key a new name. `KEY_EXISTS`, `KEY_NAME`. */
  readonly add: (
    name: string,
    key: NewKey,
    when: { readonly now: string; readonly valid_from: string | null },
  ) => ReceiptKey;
  /** The current key, ready to sign. `KEY_MISSING`, `KEY_LOCKED`, `KEY_PASSPHRASE` and what else may be wrong with a file. */
  readonly open: (name: string, passphrase?: string) => OpenKey;
  /** Destroys private halves of ended keys that a killed command left. */
  readonly sweep: (name: string) => void;
  /** Runs `work` alone among all who change keys. The three below belong inside. */
  readonly alone: <T>(work: () => T) => T;
  /** Makes the next key durable and says which chains are to be handed over to it. */
  readonly begin: (
    name: string,
    next: NewKey,
    how: Omit<OpenRotation, "next"> & { readonly now: string },
  ) => ReceiptKey;
  /** The next key is the current one; the old one's private half is destroyed. */
  readonly commit: (name: string, window: { readonly from: string; readonly until: string }) => ReceiptKey;
  /** The next key is destroyed, and everything is as before. */
  readonly drop: (name: string) => ReceiptKey;
};

const NAME = /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/;

/** True for a text that may name a key. A name has no dot and no slash, so that no file is taken for one. */
export function isKeyName(text: string): boolean {
  return NAME.test(text);
}

/** Opens the home at an absolute path; the folder is made when the first key is, with mode 0700. */
export function openKeyHome(folder: string): KeyHome {
  const records = recordsIn(folder);
  const alone: KeyHome["alone"] = (work) =>
    unexposed(() => {
      ownFolder(folder);
      return withOwnerLock(join(folder, ".lock"), () => {
        dropTemporaries(folder, () => true);
        return work();
      });
    });
  return {
    names: () => records.names(),
    find: (name) => records.find(name),
    checkFree: (name) => checkFree(records, name),
    add: (name, key, when) => alone(() => add(folder, { name, key, when, records })),
    open: (name, passphrase) => openCurrent(folder, records.get(name), passphrase),
    sweep: (name) => {
      const { keys } = records.get(name);
      const isThere = ({ file }: KeyFacts): boolean =>
        file !== null && lstatSync(join(folder, file), { throwIfNoEntry: false }) !== undefined;
      if (keys.slice(0, -1).some(isThere)) alone(() => destroyEnded(folder, records.get(name)));
    },
    alone,
    begin: (name, next, { now, ...how }) => {
      const record = records.get(name);
      if (record.rotation !== null) throw new Error("a rotation is open already");
      destroyEnded(folder, record);
      // The record first: a private half that no record names would be nobody's to destroy.
      const file = next.store === null ? null : freeFile(folder, record);
      const begun = records.put({ ...record, rotation: { ...how, next: factsOf(next, { file, made_at: now }) } });
      storeHalf(folder, file, next);
      return begun;
    },
    commit: (name, window) => {
      const record = records.put(rotated(records.get(name), window));
      destroyEnded(folder, record);
      return record;
    },
    drop: (name) => {
      const record = records.get(name);
      destroy(folder, record.rotation?.next.file ?? null);
      return records.put({ ...record, rotation: null });
    },
  };
}

// SECURITY: a home inside a repository would be mounted and committed with it, and an agent would sign.
function ownFolder(folder: string): void {
  const repository = repositoryAbove(folder);
  if (repository !== undefined)
    throw new CesError("KEY_EXPOSED", `\`${folder}\` lies inside the repository \`${repository}\``, {
      remedy: "set XDG_STATE_HOME to an absolute folder of your own, outside every project",
    });
  ownedDirectory(folder);
}

type Records = {
  readonly names: () => readonly string[];
  readonly find: (name: string) => ReceiptKey | undefined;
  readonly get: (name: string) => ReceiptKey;
  readonly put: (record: ReceiptKey) => ReceiptKey;
};

function recordsIn(folder: string): Records {
  const file = (name: string): string => {
    if (isKeyName(name)) return join(folder, `${name}.json`);
    throw new CesError(
      "KEY_NAME",
      `\`${name}\` is no name of a key: letters, digits, dash and underscore, at most 64`,
      {
        remedy: "ces keys generate operator",
      },
    );
  };
  const isThere = (): boolean => lstatSync(folder, { throwIfNoEntry: false }) !== undefined;
  const find = (name: string): ReceiptKey | undefined => {
    const path = file(name);
    if (!isThere()) return undefined;
    const bytes = unexposed(() => {
      ownFolder(folder);
      return readOwned(path);
    });
    return bytes === undefined ? undefined : readRecord(path, bytes);
  };
  return {
    names: () => {
      if (!isThere()) return [];
      unexposed(() => ownFolder(folder));
      const names = readdirSync(folder).flatMap((name) => /^([^.]+)\.json$/.exec(name)?.[1] ?? []);
      return names.filter(isKeyName).toSorted();
    },
    find,
    get: (name) => {
      const found = find(name);
      if (found !== undefined) return found;
      throw new CesError("KEY_MISSING", `there is no key \`${name}\` in \`${folder}\``, {
        remedy: `ces keys generate ${name}`,
      });
    },
    put: (record) => {
      atomicWrite(file(record.name), recordText(record));
      return record;
    },
  };
}

function readRecord(path: string, bytes: Uint8Array): ReceiptKey {
  try {
    return ReceiptKey.parse(JSON.parse(Buffer.from(bytes).toString("utf8")));
  } catch {
    throw new CesError("KEY_DAMAGED", `\`${path}\` is no record of a key`, {
      remedy: "restore the key folder from a backup",
    });
  }
}

function recordText(record: ReceiptKey): string {
  return `${JSON.stringify(record, null, 2)}\n`;
}

type Adding = {
  readonly name: string;
  readonly key: NewKey;
  readonly when: { readonly now: string; readonly valid_from: string | null };
  readonly records: Records;
};

// INVARIANT: a name is there once its record is; a private half without one is nobody's, and is never written over.
function add(folder: string, { name, key, when, records }: Adding): ReceiptKey {
  checkFree(records, name);
  const empty = { schema: "ces.receipt-key/v1" as const, name, keys: [], rotation: null };
  const file = key.store === null ? null : freeFile(folder, empty);
  storeHalf(folder, file, key);
  const facts = { ...factsOf(key, { file, made_at: when.now }), valid_from: when.valid_from };
  const record: ReceiptKey = { ...empty, keys: [facts] };
  createOnce(join(folder, `${name}.json`), recordText(record));
  return record;
}

function checkFree(records: Records, name: string): void {
  if (records.find(name) === undefined) return;
  throw new CesError("KEY_EXISTS", `there is already a key \`${name}\``, {
    remedy: "choose another name, or ces keys rotate",
  });
}

// The first free number after all that the record names, ended keys too: a number is never used twice. What lies there without a record may be all that
// is left of somebody's key.
function freeFile(folder: string, { name, keys }: Pick<ReceiptKey, "name" | "keys">): string {
  const used = keys.map(({ file }) => Number(/-(\d{4,})\.pem$/.exec(file ?? "")?.[1] ?? 0));
  for (let number = Math.max(0, ...used) + 1; ; number += 1) {
    const file = `${name}-${String(number).padStart(4, "0")}.pem`;
    if (lstatSync(join(folder, file), { throwIfNoEntry: false }) === undefined) return file;
  }
}

function storeHalf(folder: string, file: string | null, key: NewKey): void {
  if (file === null || key.store === null || key.store(join(folder, file))) return;
  throw new CesError("KEY_EXISTS", `\`${file}\` was made by somebody else`, { remedy: "run the command again" });
}

function factsOf(key: NewKey, { file, made_at }: Pick<KeyFacts, "file" | "made_at">): KeyFacts {
  const { form, program } = key;
  const public_key = encodeHex(key.public_key);
  return { public_key, form, file, program, made_at, valid_from: null, valid_until: null, revoked_at: null };
}

function rotated(record: ReceiptKey, { from, until }: { readonly from: string; readonly until: string }): ReceiptKey {
  const { keys, rotation } = record;
  if (rotation === null) throw new Error("there is no rotation to commit");
  const old = keys.at(-1) as KeyFacts; // the schema has at least one
  const revoked_at = rotation.reason === "compromised" ? until : null;
  const ended: KeyFacts = { ...old, valid_until: until, revoked_at, program: null };
  return { ...record, keys: [...keys.slice(0, -1), ended, { ...rotation.next, valid_from: from }], rotation: null };
}

// SECURITY: after its last word a private half is of use to a thief only, who could date receipts back with it.
function destroyEnded(folder: string, { keys }: ReceiptKey): void {
  for (const { file } of keys.slice(0, -1)) destroy(folder, file);
}

function destroy(folder: string, file: string | null): void {
  if (file !== null) rmSync(join(folder, file), { force: true });
}

function openCurrent(folder: string, { name, keys }: ReceiptKey, passphrase: string | undefined): OpenKey {
  const facts = keys.at(-1) as KeyFacts; // the schema has at least one
  const public_key = decodeHex(facts.public_key) ?? new Uint8Array();
  const { program, file } = facts;
  if (program !== null) return { public_key, sign: (message) => askSigner(program, message) };
  const text = Buffer.from(readPrivateFile(join(folder, file ?? `${name}.pem`))).toString("latin1");
  const read = readKeyText(text, `the key \`${name}\``, passphrase);
  if (encodeHex(read.public_key) !== facts.public_key)
    throw new CesError("KEY_DAMAGED", `the private half of \`${name}\` belongs to another key`, {
      remedy: "restore the key folder from a backup",
    });
  return { public_key, sign: (message) => new Uint8Array(sign(null, message, read.key)), place: "process" };
}
