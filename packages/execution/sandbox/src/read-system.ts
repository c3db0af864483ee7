// The host's system as a box may see it: /usr, the links into it, and files of /etc that programs need and nobody minds.
import { lstatSync, readlinkSync, statSync } from "node:fs";
import type { ReadOnlyMount, SystemView } from "./plan.ts";

const TOP = ["bin", "sbin", "lib", "lib32", "lib64", "libx32"];

// SECURITY: by name, never the whole of /etc: /etc/ssl/private, /etc/gitconfig and the like stay out (S02, S19).
// Each costs a mount (a third of a millisecond), so what a program can do without is not here.
const ETC = [
  "ld.so.cache",
  "alternatives",
  "ssl/certs",
  "ssl/openssl.cnf",
  "pki/tls/certs",
  "pki/ca-trust/extracted",
  "crypto-policies",
  "localtime",
  "mime.types",
  "services",
  "protocols",
];

// SECURITY: S25. Readable by anyone, they list the keys of the host user. Root's own files of /proc stay closed by their mode.
const PROC_MASKS = ["keys", "key-users"];

/** What this machine offers. Reads names and types only; missing entries are left out. */
export function readSystem(): SystemView {
  const links: [string, string][] = [];
  const mounts: ReadOnlyMount[] = [{ source: "/usr", inside: "/usr" }];
  for (const name of TOP) {
    const path = `/${name}`;
    const link = linkTarget(path);
    if (link !== undefined) links.push([link, path]);
    else if (isThere(path)) mounts.push({ source: path, inside: path });
  }
  for (const name of ETC) if (isThere(`/etc/${name}`)) mounts.push({ source: `/etc/${name}`, inside: `/etc/${name}` });
  return { links, mounts, procMasks: PROC_MASKS.filter((name) => isThere(`/proc/${name}`)) };
}

function linkTarget(path: string): string | undefined {
  const stat = lstatSync(path, { throwIfNoEntry: false });
  return stat?.isSymbolicLink() === true ? readlinkSync(path) : undefined;
}

function isThere(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false }) !== undefined;
}
