// What an unquoted YAML 1.1 scalar means, by the expressions of the reference's loader (PyYAML): `no` is false, `1:30` is 90, `036` is 30.
// Source: spec/csc.md §2.1.

/** A value, a whole or other float, or a kind of scalar that no policy member takes. */
export type PlainScalar =
  | { readonly kind: "value"; readonly value: null | boolean | number | string }
  | { readonly kind: "float"; readonly value: number }
  | { readonly kind: "odd"; readonly what: string };

const BOOL = /^(?:yes|Yes|YES|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF)$/;
const FLOAT =
  /^(?:[-+]?[0-9][0-9_]*\.[0-9_]*(?:[eE][-+][0-9]+)?|\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*)$/;
const NOT_FINITE = /^(?:[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;
const INT = /^[-+]?(?:0b[01_]+|0[0-7_]+|0|[1-9][0-9_]*|0x[0-9a-fA-F_]+|[1-9][0-9_]*(?::[0-5]?[0-9])+)$/;
const NULL = /^(?:~|null|Null|NULL|)$/;
const DATE =
  /^(?:\d{4}-\d\d-\d\d|\d{4}-\d\d?-\d\d?(?:[Tt]|[ \t]+)\d\d?:\d\d:\d\d(?:\.\d*)?(?:[ \t]*(?:Z|[-+]\d\d?(?::\d\d)?))?)$/;

/** The meaning of a plain scalar, without the blanks around it. */
export function plainScalar(text: string): PlainScalar {
  if (BOOL.test(text)) return { kind: "value", value: /^(?:yes|true|on)$/i.test(text) };
  if (FLOAT.test(text)) return { kind: "float", value: floatOf(text.replaceAll("_", "")) };
  if (NOT_FINITE.test(text)) return { kind: "odd", what: "a number that is not finite" };
  if (INT.test(text)) return integer(text.replaceAll("_", ""));
  if (text === "<<") return { kind: "odd", what: "a merge" };
  if (text === "=") return { kind: "odd", what: "a default value" };
  if (NULL.test(text)) return { kind: "value", value: null };
  if (DATE.test(text)) return { kind: "odd", what: "a date" };
  return { kind: "value", value: text };
}

function integer(text: string): PlainScalar {
  const value = text.startsWith("-") ? -magnitude(text.slice(1)) : magnitude(text.replace(/^\+/, ""));
  return Number.isSafeInteger(value)
    ? { kind: "value", value: value === 0 ? 0 : value }
    : { kind: "odd", what: "an integer that is too large" };
}

function magnitude(text: string): number {
  if (text.includes(":")) return text.split(":").reduce((sum, part) => sum * 60 + Number(part), 0);
  if (/^0[bx]./.test(text)) return Number(text);
  if (/^0[bx]/.test(text)) return Number.NaN;
  return text.startsWith("0") ? Number.parseInt(text, 8) : Number(text);
}

function floatOf(text: string): number {
  if (!text.includes(":")) return Number(text);
  const sign = text.startsWith("-") ? -1 : 1;
  return (
    sign *
    text
      .replace(/^[-+]/, "")
      .split(":")
      .reduce((sum, part) => sum * 60 + Number(part), 0)
  );
}
