// Forms of JSON values as data: one description that is judged before signing, judged while reading, and published as JSON Schema.

/** What a value has to be. Objects are closed unless `open`. */
export type Form =
  | { readonly kind: "text"; readonly most: number; readonly pattern?: RegExp }
  | { readonly kind: "instant" }
  | { readonly kind: "word"; readonly of: readonly (string | number)[] }
  | { readonly kind: "whole"; readonly least: number; readonly most: number }
  | { readonly kind: "flag" }
  | { readonly kind: "number" }
  | { readonly kind: "any" }
  | { readonly kind: "list"; readonly of: Form; readonly most: number }
  | ObjectForm;

/** An object: members it must and may have. */
export type ObjectForm = {
  readonly kind: "object";
  readonly required: readonly string[];
  /** Every member that is known, required or not. */
  readonly members: ReadonlyMap<string, Form>;
  /** Further members are somebody else's business. */
  readonly open: boolean;
};

const largest = Number.MAX_SAFE_INTEGER;

/** A text of at most `most` code points. */
export const text = (most: number, pattern?: RegExp): Form =>
  pattern === undefined ? { kind: "text", most } : { kind: "text", most, pattern };
/** One of some words or numbers. */
export const word = (...of: readonly (string | number)[]): Form => ({ kind: "word", of });
/** A whole number. */
export const whole = (least: number, most: number = largest): Form => ({ kind: "whole", least, most });
/** True or false. */
export const flag: Form = { kind: "flag" };
/** A number that is not negative. */
export const number: Form = { kind: "number" };
/** Whatever stands there; judged elsewhere. */
export const any: Form = { kind: "any" };
/** RFC 3339 with zone. */
export const instant: Form = { kind: "instant" };
/** A list of one form. */
export const list = (of: Form, most: number): Form => ({ kind: "list", of, most });
type Members = Readonly<Record<string, Form>>;

/** A closed object. */
export const closed = (required: Members, optional: Members = {}): ObjectForm => object(required, optional, "closed");
/** An object that may have further members. */
export const open = (required: Members, optional: Members = {}): ObjectForm => object(required, optional, "open");

function object(required: Members, optional: Members, ends: "open" | "closed"): ObjectForm {
  const members = new Map([...Object.entries(required), ...Object.entries(optional)]);
  return { kind: "object", required: Object.keys(required), members, open: ends === "open" };
}

/** `sha256:` and 64 lower-case hex digits. */
export const digest = text(71, /^sha256:[0-9a-f]{64}$/);
/** 64 lower-case hex digits. */
export const hex32 = text(64, /^[0-9a-f]{64}$/);
/** A machine word: no blanks, no control characters. */
export const code = text(128, /^[A-Za-z0-9][A-Za-z0-9._:@/+-]*$/);
/** Printable text of one line. */
export const label = (most: number): Form => text(most, /^[^\u0000-\u001f\u007f-\u009f\u2028\u2029]+$/);
