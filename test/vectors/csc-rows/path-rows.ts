// Paths as text. A row of the reference's scope check is held against its own function, and against the house: never laxer.

import { isWithin, literalPrefix, normalPath, scopeOf } from "@ces/contract";
import { NOT_ABSOLUTE, referenceScopeRefusal } from "@ces/contract/reference";
import { type JsonObject } from "@ces/kernel";
import { differs, judge, vectorFault } from "../suite.ts";
import { noteStricter } from "./notes.ts";
import { objectIn, rowWith, textIn, textsIn, type RowReader } from "./row.ts";

/** Judges a path row by its `op`. */
export const pathRow: RowReader = (row) => {
  rowWith(row, ["op", "path", "reference"], ["prefixes"]);
  const path = textIn(row, "path");
  switch (row["op"]) {
    case "normalize":
      return judge([differs("normal", row["reference"], normalOf(path))]);
    case "within":
      return judge([differs("within", row["reference"], isWithin(path, textsIn(row, "prefixes")))]);
    case "glob_literal":
      return judge([differs("literal", row["reference"], literalPrefix(path))]);
    case "scope":
      return judge(scopeDiffers(row, path));
    default:
      throw vectorFault(`${String(row["id"])}: the op \`${String(row["op"])}\` is not known`);
  }
};

function normalOf(path: string): JsonObject {
  const form = normalPath(path);
  return form.kind === "absolute"
    ? { flavour: form.flavour, normal: form.normal }
    : { flavour: form.flavour, error: NOT_ABSOLUTE };
}

function scopeDiffers(row: JsonObject, path: string): readonly (string | undefined)[] {
  const prefixes = textsIn(row, "prefixes");
  const reason = referenceScopeRefusal(path, prefixes);
  const scope = scopeOf(path);
  const granted = scope.kind !== "refused" && isWithin(scope.root, prefixes);
  const { ok } = objectIn(row, "reference");
  if (ok === true && !granted) noteStricter(textIn(row, "id"), scope.kind === "refused" ? scope.why : "outside");
  return [
    differs("scope", row["reference"], reason === undefined ? { ok: true } : { ok: false, reason }),
    ok !== true && granted ? "the house grants what the reference refuses" : undefined,
  ];
}
