// CSC's canonical text: one per value. It differs from RFC 8785 in the order of member names (code points, not UTF-16 units) and in
// refusing every number that is no safe integer, because the reference prints such numbers otherwise. Source: spec/csc.md §1.6.

import { CesError, type Json, type JsonObject } from "@ces/kernel";

const MAX_DEPTH = 1000;

/**
 * The canonical text of `value`; null members of objects are kept (what a kind of object drops, its digest drops before).
 * Throws CesError `CSC_NOT_CANONICAL` for a lone surrogate, a number that is no safe integer, and nesting beyond 1000.
 */
export function canonicalCsc(value: Json): string {
  return write(value, 0);
}

function write(value: Json, depth: number): string {
  if (typeof value === "string") return writeText(value);
  if (typeof value === "number") return writeInteger(value);
  if (value === null || typeof value === "boolean") return `${value}`;
  // A hole in a list, or what else came in around the types.
  if (typeof value !== "object") throw new CesError("CSC_NOT_CANONICAL", `a value of type ${typeof value} is not JSON`);
  if (depth >= MAX_DEPTH) throw new CesError("CSC_NOT_CANONICAL", `a value nests deeper than ${MAX_DEPTH} levels`);
  return isList(value) ? writeList(value, depth) : writeObject(value, depth);
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

function writeList(items: readonly Json[], depth: number): string {
  let text = "";
  for (const item of items) text += `${text === "" ? "" : ","}${write(item, depth + 1)}`;
  return `[${text}]`;
}

function writeObject(value: JsonObject, depth: number): string {
  let text = "";
  for (const name of sortedNames(value)) {
    const member = value[name];
    // An optional member that was set to undefined is absent.
    if (member === undefined) continue;
    text += `${text === "" ? "" : ","}${writeText(name)}:${write(member, depth + 1)}`;
  }
  return `{${text}}`;
}

// Below U+D800 the order of UTF-16 units is that of code points.
function sortedNames(value: JsonObject): readonly string[] {
  const names = Object.keys(value);
  return names.some((name) => /[\ud800-\uffff]/.test(name)) ? names.sort(compareCodePoints) : names.sort();
}

/** Negative, zero or positive: `a` before, same as, after `b` by code points. */
export function compareCodePoints(a: string, b: string): number {
  for (let i = 0; i < a.length && i < b.length; i += 1) {
    const [left, right] = [a.charCodeAt(i), b.charCodeAt(i)];
    // A surrogate stands for a code point above every other unit, U+E000 to U+FFFF too.
    if (left !== right) return rank(left) - rank(right);
  }
  return a.length - b.length;
}

function rank(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}

function writeText(text: string): string {
  if (/[\ud800-\udfff]/.test(text) && /\p{Surrogate}/u.test(text))
    throw new CesError("CSC_NOT_CANONICAL", "a text holds a lone surrogate");
  return JSON.stringify(text);
}

function writeInteger(value: number): string {
  if (!Number.isSafeInteger(value)) throw new CesError("CSC_NOT_CANONICAL", `\`${value}\` is no safe integer`);
  return `${value === 0 ? 0 : value}`;
}
