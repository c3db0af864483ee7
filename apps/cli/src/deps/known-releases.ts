// The newest release of a package that npm's own cache knows, so that a person who typed a tag or a range is told what to type.
// A hint, never a decision: what is read here came from a registry (attacker-controlled, S40) and is only shown.
import { createHash } from "node:crypto";
import { closeSync, constants, fstatSync, openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Installer, PackageCache } from "@ces/engine";
import { CesError, type Json, parseJson } from "@ces/kernel";
import type { Environment } from "../secrets.ts";
import { packageCache } from "../wire/package-cache.ts";

const [MAX_INDEX, MAX_PACKUMENT] = [1024 * 1024, 16 * 1024 * 1024] as const;
const NAME = /^(?:@[a-z0-9][\w.~-]*\/)?[a-z0-9][\w.~-]*$/;

/** The version behind the tag `latest`, as far as the cache knows one that this manager calls exact. Never throws. */
export function knownReleases(
  installer: Installer,
  name: string,
  { env, home }: { readonly env: Environment; readonly home: string },
): string | undefined {
  if (installer.manager !== "npm" || !NAME.test(name)) return undefined;
  const cache = cacheOf(installer, env, home);
  const own = cache?.registries.find((line) => line.startsWith("registry="))?.slice("registry=".length);
  const registry = cache?.registry ?? own;
  if (cache === undefined || registry === undefined) return undefined;
  const key = `make-fetch-happen:request-cache:${registry.replace(/\/?$/, "/")}${name.replace("/", "%2f")}`;
  const latest = latestOf(packument(cache.source, key));
  return latest !== undefined && installer.exact.test(latest) ? latest : undefined;
}

function cacheOf(installer: Installer, env: Environment, home: string): PackageCache | undefined {
  try {
    return packageCache(installer, env, home);
  } catch (error) {
    if (error instanceof CesError) return undefined;
    throw error;
  }
}

/** The newest document under a key of cacache: a bucket of lines, each `hash TAB {key, integrity}`, and the content by its digest. */
function packument(cache: string, key: string): Json {
  const bucket = createHash("sha256").update(key).digest("hex");
  const lines = textOf(join(cache, "index-v5", bucket.slice(0, 2), bucket.slice(2, 4), bucket.slice(4)), MAX_INDEX);
  const entries = lines.split("\n").map((line) => member(parsed(line.slice(line.indexOf("\t") + 1)), key));
  const integrity = entries.findLast((one) => one !== undefined);
  const digest = /^sha512-([A-Za-z0-9+/=]{88})$/.exec(integrity ?? "")?.[1];
  if (digest === undefined) return null;
  const hex = Buffer.from(digest, "base64").toString("hex");
  return parsed(
    textOf(join(cache, "content-v2/sha512", hex.slice(0, 2), hex.slice(2, 4), hex.slice(4)), MAX_PACKUMENT),
  );
}

const member = (entry: Json, key: string): string | undefined =>
  field(entry, "key") === key ? text(field(entry, "integrity")) : undefined;

const latestOf = (document: Json): string | undefined => text(field(field(document, "dist-tags"), "latest"));

const field = (value: Json | undefined, name: string): Json | undefined =>
  typeof value === "object" && value !== null && !Array.isArray(value) && Object.hasOwn(value, name)
    ? (value as { readonly [name: string]: Json })[name] // an object that is no list
    : undefined;

const text = (value: Json | undefined): string | undefined => (typeof value === "string" ? value : undefined);

function parsed(source: string): Json {
  const read = parseJson(source, { maxBytes: MAX_PACKUMENT, maxDepth: 32 });
  return read.kind === "parsed" ? read.value : null;
}

function textOf(path: string, most: number): string {
  let fd: number;
  try {
    fd = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch {
    return "";
  }
  try {
    const stats = fstatSync(fd);
    return stats.isFile() && stats.size <= most ? readFileSync(fd, "utf8") : "";
  } finally {
    closeSync(fd);
  }
}
