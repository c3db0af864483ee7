// The names that squatters imitate, per ecosystem, and real packages that merely look like one of them.
import type { Ecosystem } from "../advisories.ts";
import { cratesNames, cratesNeighbours } from "./crates-names.ts";
import { composerNames, composerNeighbours } from "./composer-names.ts";
import { gemNames, gemNeighbours } from "./gem-names.ts";
import { goNames, goNeighbours } from "./go-names.ts";
import { npmNames } from "./npm-names.ts";
import { npmNeighbours, npmScopes } from "./npm-neighbours.ts";
import { pypiNames, pypiNeighbours } from "./pypi-names.ts";
import { letterMask } from "./edit-distance.ts";
import { skeleton } from "./skeleton.ts";

/** One ecosystem's names, ready to be compared with. */
export interface PopularNames {
  readonly list: readonly string[];
  /** Letters of each name of the list, in its order. */
  readonly masks: readonly number[];
  readonly names: ReadonlySet<string>;
  readonly bySkeleton: ReadonlyMap<string, string>;
  /** Real packages that would be taken for squats. */
  readonly neighbours: ReadonlySet<string>;
  /** Scopes whose owner is known (npm), without the `@`. */
  readonly scopes: ReadonlySet<string>;
}

const words: Readonly<Record<Ecosystem, readonly [names: string, neighbours: string, scopes: string]>> = {
  npm: [npmNames, npmNeighbours, npmScopes],
  PyPI: [pypiNames, pypiNeighbours, ""],
  "crates.io": [cratesNames, cratesNeighbours, ""],
  Go: [goNames, goNeighbours, ""],
  RubyGems: [gemNames, gemNeighbours, ""],
  Packagist: [composerNames, composerNeighbours, ""],
};
const made = new Map<Ecosystem, PopularNames>();

/** The part of a name that is compared: a Go path without its major version, and without the folders inside a hosted repository. */
export function imitable(ecosystem: Ecosystem, key: string): string {
  if (ecosystem !== "Go") return key;
  const hosted = /^(?:github|gitlab|bitbucket)\.(?:com|org)\/[^/]+\/[^/]+/.exec(key)?.[0];
  return (hosted ?? key).replace(/(?:\/|\.)v\d+$/, "");
}

/** The names of an ecosystem; put together at the first look. */
export function popularNames(ecosystem: Ecosystem): PopularNames {
  const known = made.get(ecosystem);
  if (known !== undefined) return known;
  const [names, neighbours, scopes] = words[ecosystem].map(split);
  const list = (names ?? []).map((name) => imitable(ecosystem, name));
  const fresh: PopularNames = {
    list,
    masks: list.map(letterMask),
    names: new Set(list),
    bySkeleton: new Map(list.toReversed().map((name) => [skeleton(name), name])),
    neighbours: new Set(neighbours),
    scopes: new Set(scopes),
  };
  made.set(ecosystem, fresh);
  return fresh;
}

const split = (text: string): readonly string[] => text.split(/\s+/).filter((word) => word !== "");
