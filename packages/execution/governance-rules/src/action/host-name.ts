// One spelling for a host: lower case, no final dot, addresses in one form. What cannot be read as a host is no host.

import { readIpv4, readIpv6 } from "./ip-address.ts";

const LABEL = /^[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?$/;

/**
 * The host in its one spelling; null for what is none. SECURITY: only ASCII. A host with escapes or other letters is resolved
 * by rules that differ between clients (IDNA, percent-decoding), so it is no host here.
 */
export function readHost(text: string): string | null {
  const lower = text.toLowerCase();
  const bracketed = /^\[([^\]]*)\]$/.exec(lower)?.[1];
  if (bracketed !== undefined) return writeIpv6(readIpv6(bracketed));
  const name = lower.endsWith(".") ? lower.slice(0, -1) : lower;
  if (name.length > 253) return null;
  const address = readIpv4(name);
  if (address.kind === "address") return address.text;
  if (address.kind === "invalid") return null;
  return name.split(".").every((label) => LABEL.test(label)) ? name : null;
}

function writeIpv6(text: string | null): string | null {
  return text === null || !text.includes(":") ? text : `[${text}]`;
}

/** A host with its port, as it stands in an authority without user. */
export type HostPort = { readonly host: string; readonly port: string };

/** Reads `host`, `host:port` and `[v6]:port`; null when it is none. Ports 80 and 443 are left out, as clients do. */
export function readHostPort(text: string): HostPort | null {
  const [, name = "", port = ""] = /^(\[[^\]]*\]|[^:]*)(?::(\d{0,5}))?$/.exec(text) ?? [];
  const host = readHost(name);
  const number = Number(port);
  if (host === null || number > 65_535) return null;
  return { host, port: port === "" || number === 80 || number === 443 ? "" : String(number) };
}
