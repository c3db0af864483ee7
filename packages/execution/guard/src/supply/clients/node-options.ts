// Options that npm and its kin share: which take a value, and which weaken an install or run something of their own.
import { type Arg, HOLE, known } from "../../arg.ts";
import type { EffectKind } from "../../effect-kinds.ts";
import { type Grammar, grammar, type Options } from "../../options.ts";
import type { Evaluation, Outcome } from "../../profile.ts";
import { shownWord } from "../specs/requirement.ts";
import { switchValue } from "./verb-words.ts";

const SWITCHES =
  "ignore-scripts g,global D,save-dev dev P,save-prod O,save-optional E,save-exact B,save-bundle save-peer S,save dry-run f,force legacy-peer-deps strict-peer-deps " +
  "prefer-dedupe audit fund bin-links package-lock package-lock-only install-links foreground-scripts prefer-offline prefer-online offline optional production " +
  "progress s,silent q,quiet d,dd,ddd,verbose timing json l,long parseable y,yes n ws,workspaces include-workspace-root iwr,include-workspace-root if-present a,all " +
  "color unicode strict-ssl strict-allow-scripts allow-same-version commit-hooks git-tag-version diff-name-only sign-git-tag global-style legacy-bundling " +
  "rebuild-bundle engine-strict expect-results read-only provenance h,?,help v,version usage update-notifier omit-lockfile-registry-resolved ignore-workspace-root-check " +
  "workspaces-update depth-all shrinkwrap lockfile unsafe-perm dangerously-allow-all-scripts dangerously-allow-all-builds yes-all install";
const VALUES =
  "C= prefix= w,workspace= loglevel= omit= include= only= also= depth= registry= tag= access= otp= cache= before= min-release-age= location= install-strategy= cpu= os= libc= " +
  "script-shell= shell= node-options= userconfig= globalconfig= git= editor= viewer= browser= cafile= ca= cert= key= https-proxy= proxy= noproxy= scope= call= c,call= p,package= " +
  "allow-scripts= allow-git= allow-remote= allow-file= allow-directory= fetch-retries= fetch-timeout= maxsockets= pack-destination= heading= auth-type= init-module= preid= searchlimit= " +
  "audit-level= diff= expect-result-count= tag-version-prefix= message= m,message= node-gyp= provenance-file= save-prefix= lockfile-version= omit-optional= user-agent= local-address= replace-registry-host=";

const withNegations = (text: string): string =>
  text
    .split(/\s+/)
    .flatMap((word) => {
      const long = word.split(",").findLast((one) => one.length > 2);
      return long === undefined ? [word] : [word, `no-${long}`];
    })
    .join(" ");

/** npm's own grammar: switches also as `--no-…` and `--…=false`, long options with one dash as well. */
export const npmGrammar: Grammar = grammar(`${withNegations(SWITCHES)} ${VALUES}`, { single: true });

// What must not be switched off, and what must not be switched on.
const SCRIPTS_OFF = new Set(["ignore-scripts"]);
const SCRIPTS_ON = new Set([
  "allow-scripts",
  "dangerously-allow-all-scripts",
  "dangerously-allow-all-builds",
  "unsafe-perm",
  "allow-build",
  "trust",
  "enable-scripts",
  "allow-builds",
]);
const GUARDS = new Set([
  "strict-ssl",
  "verify-store-integrity",
  "block-exotic-subdeps",
  "strict-allow-scripts",
  "verify",
  "strict-dep-builds",
]);
const OPENED = new Set([
  "ca",
  "cafile",
  "cert",
  "key",
  "https-proxy",
  "proxy",
  "noproxy",
  "replace-registry-host",
  "allow-git",
  "allow-remote",
  "allow-file",
  "allow-directory",
  "insecure",
  "http-proxy",
  "trust-policy",
  "trust-policy-exclude",
  "minimum-release-age-exclude",
]);
const AGES = new Set(["min-release-age", "minimum-release-age", "before", "npm-minimal-age-gate"]);
const RUNS = new Set([
  "script-shell",
  "shell",
  "node-options",
  "userconfig",
  "globalconfig",
  "git",
  "editor",
  "init-module",
  "node-gyp",
  "pnpmfile",
  "global-pnpmfile",
  "config",
]);
const PLACES = new Set(["registry", "scope"]);

/** What an option of this name and value means for whatever is installed or run with it; undefined when nothing. */
export function weakening(
  name: string,
  value: Arg | undefined,
): { readonly kind: EffectKind; readonly what: string } | undefined {
  const negated = name.startsWith("no-");
  const bare = negated ? name.slice(3) : name;
  const on = switchValue(value);
  const shown = `\`--${shownWord(name)}${value === undefined ? "" : `=${shownWord(value.text.replaceAll(HOLE, "…"))}`}\``;
  const off = negated ? on !== false : on !== true;
  if (SCRIPTS_OFF.has(bare))
    return off ? { kind: "supply-chain.scripts-on", what: `let install scripts run by ${shown}` } : undefined;
  if (SCRIPTS_ON.has(bare))
    return off ? undefined : { kind: "supply-chain.scripts-on", what: `let install scripts run by ${shown}` };
  if (GUARDS.has(bare))
    return off ? { kind: "supply-chain.protection-off", what: `install without a check by ${shown}` } : undefined;
  if (OPENED.has(bare))
    return negated || known(value) === "none"
      ? undefined
      : { kind: "supply-chain.protection-off", what: `weaken the connection or the sources by ${shown}` };
  if (AGES.has(bare))
    return bare === "before" || !/^(?:0|0s|)$|\0/.test(value?.text ?? "")
      ? undefined
      : { kind: "supply-chain.protection-off", what: `take packages of any age by ${shown}` };
  if (RUNS.has(bare))
    return negated || known(value) === "false"
      ? undefined
      : { kind: "code-injection.config", what: `have the client run or load another program by ${shown}` };
  return undefined;
}

/** What the options of a call mean together; `registry` and the like only where something is fetched. */
export function weakeningOutcome(on: Evaluation, options: Options, how: { readonly fetches: boolean }): Outcome {
  const outcomes = options.given.flatMap(({ name, value }) => {
    const found = weakening(name, value);
    if (found !== undefined) return [on.effect(found.kind, found.what)];
    return how.fetches && PLACES.has(name) && name !== "scope"
      ? [
          on.effect(
            "supply-chain.source",
            `fetch packages from \`${shownWord(value?.text.replaceAll(HOLE, "…") ?? "")}\` instead of the configured registry`,
          ),
        ]
      : [];
  });
  const other = options.unknown.flatMap((arg) => {
    // `--@scope:registry=…` and `--//host/:_authToken=…` are options as well.
    if (/^--@[^=]*:registry/.test(arg.text))
      return [
        on.effect("supply-chain.source", `fetch packages of a scope from elsewhere by \`${shownWord(arg.text)}\``),
      ];
    const [name = "", text] = arg.text.replace(/^--?/, "").split(/=(.*)/s);
    const found = weakening(name, text === undefined ? undefined : { ...arg, text });
    if (found !== undefined) return [on.effect(found.kind, found.what)];
    return how.fetches
      ? [on.effect("unknown.option", `use the option \`${shownWord(arg.text.replaceAll(HOLE, "…"))}\``)]
      : [];
  });
  return on.join(...outcomes, ...other, on.fine());
}
