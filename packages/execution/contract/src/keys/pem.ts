// One PEM block. Source: RFC 7468, the strict form.

import { decodeBase64 } from "@ces/kernel";

/** The bytes of the only block, which must carry `label`; undefined for anything else. */
export function pemBlock(text: string, label: "PRIVATE KEY" | "PUBLIC KEY"): Uint8Array | undefined {
  const lines = text.trim().split(/\r?\n/);
  const [first, last] = [lines[0], lines.at(-1)];
  if (lines.length < 3 || first !== `-----BEGIN ${label}-----` || last !== `-----END ${label}-----`) return undefined;
  return decodeBase64(lines.slice(1, -1).join(""));
}
