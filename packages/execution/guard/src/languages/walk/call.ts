// A value is called: by what it is, its act runs, or a question is left.
import { HOLE } from "../../arg.ts";
import { escape, reportUnknown } from "./bindings.ts";
import type { Act, Item, Site, Walk } from "./dialect.ts";
import { find, isMemberOfValue } from "./names.ts";
import { data, either, type Value } from "./value.ts";

/** Judges a call and gives its result. */
export function call(walk: Walk, value: Value, args: readonly Item[]): Value {
  walk.steps += 1;
  switch (value.kind) {
    case "ref":
      return callRef(walk, value.path, args);
    case "member":
      return callMember(walk, value, args);
    case "any":
      return value.of.map((one) => call(walk, one, args)).reduce((a, b) => either(a, b), data);
    case "local":
      return handOn(walk, args);
    case "text":
      if (walk.dialect.text_calls === true && !value.text.includes(HOLE))
        return call(walk, walk.dialect.root(walk, value.text), args);
      return callUnknown(walk, args, "a call of a computed name");
    default:
      escape(walk, value);
      return callUnknown(walk, args, "a call of a computed value");
  }
}

/** The arguments go to code that is not followed. */
export function handOn(walk: Walk, args: readonly Item[]): Value {
  for (const { value } of args) escape(walk, value);
  return data;
}

function callUnknown(walk: Walk, args: readonly Item[], what: string): Value {
  reportUnknown(walk, what);
  return handOn(walk, args);
}

function callRef(walk: Walk, path: string, args: readonly Item[]): Value {
  const act = find(walk.dialect.names, path);
  checkCallbacks(walk, path.slice(path.lastIndexOf(".") + 1), args);
  if (act !== undefined) return perform(walk, act, { what: path, args, on: data });
  if (isMemberOfValue(walk.dialect.names, path))
    return callMember(walk, { kind: "member", on: data, name: path.slice(path.lastIndexOf(".") + 1) }, args);
  walk.dialect.unlisted(walk, path, "called");
  return handOn(walk, args);
}

function callMember(walk: Walk, member: Value & { kind: "member" }, args: readonly Item[]): Value {
  const { on, name } = member;
  if (name === HOLE) return callUnknown(walk, args, "a method of a computed name");
  const { methods } = walk.dialect;
  checkCallbacks(walk, name, args);
  const act = (on.kind === "thing" ? find(methods, `${on.of}#${name}`) : undefined) ?? methods.get(name);
  if (act !== undefined) return perform(walk, act, { what: `.${name}`, args, on });
  if (walk.methods.has(name)) return handOn(walk, args);
  return callUnknown(walk, args, `.${name}()`);
}

type How = Pick<Site, "what" | "args" | "on">;

function perform(walk: Walk, act: Act, how: How): Value {
  if (act.holds !== true) handOn(walk, how.args);
  return alternatives(how)
    .map((one) => act.run({ walk, ...one, called: true }))
    .reduce((a, b) => either(a, b));
}

// An argument that may be one of several is judged as each of them; a second such argument stays unknown.
function alternatives(how: How): readonly How[] {
  const at = how.args.findIndex(({ value }) => value.kind === "any");
  const open = how.args[at];
  if (open?.value.kind !== "any") return [how];
  return open.value.of.map((value) => ({ ...how, args: how.args.with(at, { ...open, value }) }));
}

// SECURITY: a member of a computed name may be any function; handed to what calls it, it is called.
function checkCallbacks(walk: Walk, name: string, args: readonly Item[]): void {
  if (walk.dialect.callbacks?.has(name) !== true) return;
  if (args.some(({ value }) => value.kind === "member" && value.name === HOLE))
    reportUnknown(walk, `.${name}() with a function of a computed name`);
}
