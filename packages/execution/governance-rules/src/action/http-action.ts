// `http:METHOD:URL`: the host as a resolver would take it, the path as a client would send it.

import type { MayEnd } from "../machine/machine.ts";
import { type KindReading, plainReading, toolName, type Unreadable } from "./action-reading.ts";
import { readHostPort } from "./host-name.ts";
import { resolveDots } from "./path-text.ts";

const FOREIGN = /[^\u0021-\u007e\u00a0-\u{10ffff}]/u;

/** Reads what stands after `http:` or `https:`. */
export function readHttpAction(kind: string, rest: string): KindReading | Unreadable {
  const colon = rest.indexOf(":");
  const method = (colon < 0 ? rest : rest.slice(0, colon)).trim().toUpperCase();
  const url = colon < 0 ? "" : rest.slice(colon + 1).trim();
  if (url === "") return plainReading(colon < 0 ? `${kind}:${method}` : `${kind}:${method}:`);
  const location = readLocation(url);
  if (location === null) return { why: "the action's address names no host that every client would read alike" };
  const head = `${kind}:${method}:`;
  const authority = location.port === "" ? location.host : `${location.host}:${location.port}`;
  return {
    normal: head + authority + location.path + location.query,
    readings: [],
    words: null,
    allWords: [],
    mayEnd: atParts({
      text: head + authority + location.path + location.query,
      host: head.length,
      hostEnd: head.length + location.host.length,
      path: head.length + authority.length,
      query: head.length + authority.length + location.path.length,
    }),
    tool_name: toolName(kind, method),
  };
}

/** The parts of an address that decide where a request goes. */
export type Location = { readonly host: string; readonly port: string; readonly path: string; readonly query: string };

/**
 * Reads an address with or without `http://`: a user is dropped, dots (also `%2e`) are resolved, the fragment is not sent. Null when its
 * host is none, or another scheme, a blank or a control character stands in it. SECURITY: null, too, where clients disagree about the host:
 * a backslash before the path (`a.com\@b.com` is a.com to browsers and b.com to curl), an `@` after a host that no `/` ends, two of them.
 */
export function readLocation(url: string): Location | null {
  if (FOREIGN.test(url)) return null;
  const [, scheme, slashed = ""] = /^(?:([A-Za-z][A-Za-z0-9+.-]*):(?=[/\\]{2}))?([^]*)$/.exec(url) ?? [];
  if (scheme !== undefined && !/^https?$/i.test(scheme)) return null;
  const bare = slashed.replace(/^[/\\]+/, "");
  const [, authority = "", path = "", query = ""] = /^([^/\\?#]*)([^?#]*)(\?[^#]*)?/.exec(bare) ?? [];
  if (isAmbiguous(slashed, authority, path)) return null;
  const where = readHostPort(authority.slice(authority.lastIndexOf("@") + 1));
  if (where === null) return null;
  const folded = path.replaceAll("\\", "/").replaceAll(/%2e/gi, ".");
  return { ...where, path: folded === "" ? "" : resolveDots(folded), query };
}

function isAmbiguous(slashed: string, authority: string, path: string): boolean {
  if (slashed.split("/", 3).join("").startsWith("\\") || path.startsWith("\\")) return true;
  if (authority.indexOf("@") !== authority.lastIndexOf("@")) return true;
  return path === "" && slashed.slice(slashed.indexOf(authority) + authority.length).includes("@");
}

type Parts = {
  readonly text: string;
  readonly host: number;
  readonly hostEnd: number;
  readonly path: number;
  readonly query: number;
};

// INVARIANT: never inside the host or the port, so `api.github.com` is not the beginning of `api.github.com.evil.com`.
function atParts({ text, host, hostEnd, path, query }: Parts): MayEnd {
  return (index) => {
    if (index <= host || index === hostEnd || index === text.length || index > query) return true;
    return index >= path && (text[index] === "/" || text[index] === "?" || text[index - 1] === "/");
  };
}
