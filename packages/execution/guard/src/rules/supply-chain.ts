// Code of strangers that would be installed or run.
import type { Rule } from "../rule.ts";

export const rule: Rule = {
  class: "supply-chain",
  effects: {
    "supply-chain.clean": {
      decision: "allow",
      code: "INSTALL_CLEAN",
      why: "everything is pinned, known and installed without scripts",
      instead: null,
    },
    "supply-chain.rewrite": {
      decision: "rewrite",
      code: "INSTALL_WITHOUT_SCRIPTS",
      why: "install scripts of strangers run as you",
      instead: "install with scripts off",
    },
    "supply-chain.new-package": {
      decision: "ask",
      code: "PACKAGE_NEW",
      why: "a package that is not in the lockfile would be trusted",
      instead: "let a person add it: ces deps apply",
    },
    "supply-chain.malicious": {
      decision: "deny",
      code: "PACKAGE_MALICIOUS",
      why: "this very package is known to be malicious",
      instead: null,
      floor: true,
    },
    "supply-chain.unpinned": {
      decision: "deny",
      code: "PACKAGE_UNPINNED",
      why: "some versions of it are known to be malicious, and this one may be",
      instead: "name one exact version that is not affected",
    },
    "supply-chain.lookalike": {
      decision: "deny",
      code: "PACKAGE_LOOKALIKE",
      why: "the name looks like a well-known one and is not it",
      instead: "check the spelling",
    },
    "supply-chain.vulnerable": {
      decision: "ask",
      code: "PACKAGE_VULNERABLE",
      why: "this version has a known hole",
      instead: "install a fixed version",
    },
    "supply-chain.critical": {
      decision: "deny",
      code: "PACKAGE_CRITICAL",
      why: "this version has a critical hole that a later one closes",
      instead: "install the fixed version",
    },
    "supply-chain.source": {
      decision: "deny",
      code: "PACKAGE_SOURCE",
      why: "it does not come from the registry, so nothing is known of it",
      instead: "install from the registry by name and version",
    },
    "supply-chain.scripts-on": {
      decision: "deny",
      code: "SCRIPTS_ON",
      why: "it lets install scripts of strangers run",
      instead: "leave scripts off",
    },
    "supply-chain.protection-off": {
      decision: "deny",
      code: "PROTECTION_OFF",
      why: "it switches off what protects installs",
      instead: "leave the protection on",
    },
    "supply-chain.run-remote": {
      decision: "ask",
      code: "RUNS_PACKAGE",
      why: "a package would be fetched and run at once",
      instead: "add it as a dependency, pinned and judged, then run it",
    },
    "supply-chain.drift": {
      decision: "ask",
      code: "LOCKFILE_DRIFT",
      why: "more would change than was asked for",
      instead: "install from the lockfile",
    },
    "supply-chain.tampered": {
      decision: "deny",
      code: "LOCKFILE_TAMPERED",
      why: "one version cannot have two contents",
      instead: "put the lockfile back: git restore it, then install",
    },
    "supply-chain.no-data": {
      decision: "ask",
      code: "ADVISORIES_MISSING",
      why: "there is no fresh data on malicious packages",
      instead: "a person imports it: ces guard deps import",
    },
  },
};
