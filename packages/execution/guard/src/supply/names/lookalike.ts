// Whether a package's name is made, or mistyped, to be taken for a popular one.
import type { Ecosystem } from "../advisories.ts";
import { packageKey } from "../package-key.ts";
import { couldBeNear, editDistance, letterMask } from "./edit-distance.ts";
import { imitable, popularNames, type PopularNames } from "./popular-names.ts";
import { skeleton } from "./skeleton.ts";

/** A name that looks like a popular one. `near`: one slip away, a matter for refusal; `far`: a person should look. */
export interface Lookalike {
  readonly of: string;
  readonly distance: "near" | "far";
  /** Completes "the name …". */
  readonly how: string;
}

// One letter of four is another word (`koa`, `joi`): only longer names are compared letter by letter.
const [LONGEST, FEWEST_FOR_ONE, FEWEST_FOR_TWO] = [214, 5, 8] as const;
const AFFIX =
  /^(?:node|npm|py|python|python2|python3|go|golang|rust|ruby|real|official|new)[-_.]|[-_.](?:js|node|npm|py|python|python2|python3|rs|rust|official|latest|lib|pkg|new|2)$/;

/** The popular name that this one may be taken for; undefined for popular names, known neighbours and everything else. */
export function lookalike(ecosystem: Ecosystem, name: string): Lookalike | undefined {
  const known = popularNames(ecosystem);
  const key = imitable(ecosystem, packageKey(ecosystem, name));
  if (known.names.has(key) || known.neighbours.has(key) || key.length > LONGEST) return undefined;
  if (ecosystem === "npm" && key.startsWith("@")) return underScope(key, known);
  return readsLike(key, known) ?? nearest(key, known) ?? withAffix(key, known);
}

function readsLike(key: string, known: PopularNames): Lookalike | undefined {
  const of = key.length > 3 ? known.bySkeleton.get(skeleton(key)) : undefined;
  return of === undefined ? undefined : { of, distance: "near", how: `reads like \`${of}\`` };
}

function nearest(key: string, { list, masks }: PopularNames): Lookalike | undefined {
  const mask = letterMask(key);
  let far: Lookalike | undefined;
  for (let at = 0; at < list.length; at += 1) {
    const of = list[at] ?? "";
    const most = of.length >= FEWEST_FOR_TWO ? 2 : 1;
    if (Math.abs(of.length - key.length) > most || !couldBeNear(mask, masks[at] ?? 0, most)) continue;
    const distance = editDistance(key, of, most);
    if (distance === 1 && isTelling(key, of)) return { of, distance: "near", how: `is one slip away from \`${of}\`` };
    if (distance === 2 && most === 2) far ??= { of, distance: "far", how: `is two slips away from \`${of}\`` };
  }
  return far;
}

// Among short names only a swap or a doubled letter is a slip; another letter is another word.
function isTelling(key: string, target: string): boolean {
  const shorter = Math.min(key.length, target.length);
  if (shorter >= FEWEST_FOR_ONE) return true;
  if (shorter < FEWEST_FOR_ONE - 1) return false;
  if (key.length === target.length) return sorted(key) === sorted(target);
  return undoubled(key) === undoubled(target);
}

const sorted = (text: string): string => [...text].toSorted().join("");
const undoubled = (text: string): string => text.replaceAll(/(.)\1+/g, "$1");

function withAffix(key: string, known: PopularNames): Lookalike | undefined {
  const of = key.replace(AFFIX, "");
  if (of === key || of.length < FEWEST_FOR_ONE - 1 || !known.names.has(of)) return undefined;
  return { of, distance: "far", how: `is \`${of}\` with something added` };
}

// `@tpyes/node`: the scope itself is a squat. `@someone/react`: a popular name under a scope that nobody knows.
function underScope(key: string, known: PopularNames): Lookalike | undefined {
  const cut = key.indexOf("/");
  const [scope, rest] = [key.slice(1, cut), key.slice(cut + 1)];
  if (cut === -1 || known.scopes.has(scope)) return undefined;
  const near = [...known.scopes].find((one) => one.length >= FEWEST_FOR_ONE && editDistance(scope, one, 1) === 1);
  if (near !== undefined)
    return { of: `@${near}/${rest}`, distance: "near", how: `is under \`@${scope}\`, one slip away from \`@${near}\`` };
  if (rest.length < FEWEST_FOR_ONE || !known.names.has(rest)) return undefined;
  return { of: rest, distance: "near", how: `is the popular \`${rest}\` under the foreign scope \`@${scope}\`` };
}
