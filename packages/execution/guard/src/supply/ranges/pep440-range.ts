// Version specifiers of Python (PEP 440): a comma joins, `~=` is the compatible release, `==1.*` a prefix.
import { MAX_RANGE, type Clause, type VersionRange } from "./comparator.ts";
import { between, past, readPartial } from "./partial-version.ts";

/** Reads a specifier; undefined when it is none. Empty admits every version. */
export function pep440Range(text: string): VersionRange | undefined {
  if (text.length > MAX_RANGE) return undefined;
  const parts = text.split(",").filter((part) => part.trim() !== "");
  const clauses = parts.map((part) => specifier(part.replaceAll(/\s+/g, "")));
  return clauses.every((clause) => clause !== undefined) ? [clauses.flat()] : undefined;
}

function specifier(text: string): Clause | undefined {
  const [, op = "", version = ""] = /^(===|==|~=|!=|<=|>=|<|>)(.+)$/s.exec(text) ?? [];
  switch (op) {
    case "":
      return undefined;
    case "===":
    case "==":
      return version.endsWith(".*") ? prefix(version.slice(0, -2)) : [{ op: "=", version }];
    case "!=":
      // A hole of many versions in a range cannot hide one: only the exact form is believed.
      return version.endsWith(".*") ? [] : [{ op: "!=", version }];
    case "~=":
      return compatible(version);
    default:
      return op === "<" || op === "<=" || op === ">" || op === ">=" ? [{ op, version }] : undefined;
  }
}

function prefix(text: string): Clause | undefined {
  const version = readPartial(text);
  return version === undefined ? undefined : between(version, version.numbers.length);
}

function compatible(text: string): Clause | undefined {
  const version = readPartial(text.replace(/[a-z].*$/i, ""));
  if (version === undefined || version.numbers.length < 2) return [{ op: ">=", version: text }];
  const end = past(version, version.numbers.length - 1);
  return [{ op: ">=", version: text }, ...(end === undefined ? [] : [{ op: "<", version: end } as const])];
}
