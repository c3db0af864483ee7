// Reading the user's own configuration. It grants (origins, keys, binaries), so it must be ours alone and say nothing unknown.
import { CesError } from "@ces/kernel";
import { LineCounter, parseDocument, type Document } from "yaml";
import { readOwned } from "./owned-file.ts";
import { UserConfig } from "./user-config.schema.ts";

/** The configuration in a file; an empty one when there is none. Throws CesError CONFIG_INVALID (file and line), STATE_UNSAFE. */
export function readUserConfig(file: string): UserConfig {
  const bytes = readOwned(file, { maxBytes: 256 * 1024 });
  if (!bytes) return {};
  const lines = new LineCounter();
  const document = parseDocument(Buffer.from(bytes).toString("utf8"), {
    lineCounter: lines,
    strict: true,
    uniqueKeys: true,
    merge: false,
  });
  const fault = document.errors[0] ?? document.warnings[0];
  if (fault) throw invalid(`${file}:${lines.linePos(fault.pos[0]).line}`, firstLine(fault.message));
  const read = UserConfig.safeParse(plain(document, file) ?? {});
  if (read.success) return read.data;
  const issue = read.error.issues[0];
  const unknown = issue?.code === "unrecognized_keys" ? issue.keys.slice(0, 1) : [];
  const path = [...(issue?.path ?? []), ...unknown];
  throw invalid(
    `${file}:${lineOf(document, lines, path)}`,
    unknown.length > 0 ? `\`${path.join(".")}\` is not a setting` : `\`${path.join(".")}\`: ${issue?.message ?? "?"}`,
  );
}

// Anchors and aliases have no use here and make small files large.
function plain(document: Document, file: string): unknown {
  try {
    return document.toJS({ maxAliasCount: 0 });
  } catch (error) {
    throw invalid(`${file}:1`, error instanceof Error ? firstLine(error.message) : "unreadable");
  }
}

// SECURITY: messages name the key and the line, never the value: it may be a secret.
function lineOf(document: Document, lines: LineCounter, path: readonly PropertyKey[]): number {
  for (let length = path.length; length > 0; length -= 1) {
    const node: unknown = document.getIn(path.slice(0, length), true);
    if (typeof node === "object" && node !== null && "range" in node && Array.isArray(node.range))
      return lines.linePos(Number(node.range[0])).line;
  }
  return 1;
}

function invalid(where: string, why: string): CesError {
  return new CesError("CONFIG_INVALID", `${where}: ${why}`, {
    remedy: "correct the file; the guide on configuration lists every setting",
  });
}

function firstLine(text: string): string {
  return text.split("\n")[0] ?? text;
}
