// Names that Python looks up by text.
import { argument, reportDynamic, reporting } from "../walk/acts.ts";
import { escape, resolve } from "../walk/bindings.ts";
import type { Act, Site } from "../walk/dialect.ts";
import { find } from "../walk/names.ts";
import { data, knownText, ref, thing, type Value } from "../walk/value.ts";

/** `__import__(name)`. */
export const importModule: Act = {
  run: (site) => {
    const name = knownText(argument(site, 0, "name"));
    if (name !== null) return ref(name);
    reportDynamic(site);
    return data;
  },
};

/** `getattr(object, name)`. */
export const getAttribute: Act = {
  holds: true,
  run: (site) => {
    const name = knownText(argument(site, 1));
    const on = argument(site, 0);
    for (const { value } of site.args.slice(2)) escape(site.walk, value);
    if (name !== null && on !== undefined) {
      const member = site.walk.dialect.member(site.walk, on, name);
      if (isSpelledAct(site, on, member)) reportDynamic(site);
      return member;
    }
    reportDynamic(site);
    return data;
  },
};

// SECURITY: `getattr(os, "system")`: who names by a text what the module names plainly means it not to be seen.
const isSpelledAct = ({ walk }: Site, on: Value, member: Value): boolean =>
  on.kind === "ref" &&
  /^(?:os|posix|subprocess|pty|builtins|__builtins__|shutil|importlib)$/.test(on.path) &&
  member.kind === "ref" &&
  find(walk.dialect.names, member.path)?.mild === undefined;

/** `setattr(object, name, value)`. */
export const setAttribute: Act = reporting((site) => {
  if (!site.called || knownText(argument(site, 1)) === null || argument(site, 0)?.kind === "ref") reportDynamic(site);
});

/** `globals()`, `vars(module)`: names as data. */
export const namespace: Act = {
  holds: true,
  run: (site) => {
    const of = argument(site, 0);
    if (!site.called) reportDynamic(site);
    if (of === undefined) return thing("namespace");
    return of.kind === "ref" ? thing("namespace", of.path) : data;
  },
};

/** An element of a namespace: the name itself. */
export function fromNamespace(site: Site, path: string | null, key: string | null): Value {
  if (key === null) {
    reportDynamic(site);
    return data;
  }
  return path === null ? resolve(site.walk, key) : site.walk.dialect.member(site.walk, ref(path), key);
}

/** Look-ups by name that are made first and used later. */
export const reflects: Act = reporting((site) => {
  const name = knownText(argument(site, 0));
  if (name === null) return reportDynamic(site);
  for (const part of name.split(".")) escape(site.walk, site.walk.dialect.member(site.walk, data, part));
});

/** `type(x)` tells a class, `type(name, bases, members)` makes one. */
export const type: Act = {
  mild: true,
  holds: true,
  run: ({ walk, args }) => {
    if (args.length > 1) for (const { value } of args) escape(walk, value);
    return data;
  },
};
