// apt and dpkg.
import { HOLE } from "../../arg.ts";
import { grammar, readOptions } from "../../options.ts";
import { verbEffect, verbTable } from "../_verb-effects.ts";
import { change, type PackageJudge, toolExec } from "./_package-judges.ts";

const aptOptions = grammar(
  "o,option= c,config-file= t,default-release,target-release= a,host-architecture= q,quiet=? y,yes,assume-yes s,simulate,just-print,dry-run,recon,no-act d,download-only b,compile f,fix-broken m,fix-missing,ignore-missing u,show-upgraded V,verbose-versions print-uris purge reinstall install-recommends no-install-recommends install-suggests no-install-suggests only-upgrade allow-downgrades allow-unauthenticated auto-remove no-remove installed upgradable manual-installed a,all-versions n,names-only f,full i,important g,generate p,pkg-cache= src-cache= names-only recurse arch-only indep-only version help no-upgrade no-download trivial-only no-list-cleanup allow-change-held-packages allow-remove-essential force-yes",
);
/** Verbs of apt that look. */
export const aptLooks = verbTable({
  means: {
    fine: "list, search, show, showsrc, policy, madison, depends, rdepends, pkgnames, dump, dumpavail, stats, unmet, showpkg, changelog, check, download, indextargets, moo, help, dotty, xvcg, gencaches, showauto, why, why-not, versions",
  },
  otherwise: "system.package",
});
const plainAptOption =
  /^(?:Debug::|Acquire::(?:ForceIPv[46]|Retries|Queue-Mode|Languages|http::Timeout|https::Timeout)|APT::(?:Color|Get::(?:Show|Assume|Print|Simulate)|Install-|Cache|Acquire)|Dpkg::(?:Use-Pty|Progress)|quiet)/i;

/** `apt` and its like. */
export const apt: PackageJudge = (call, on) => {
  const read = readOptions(call.args, aptOptions);
  // SECURITY: `-o APT::Update::Pre-Invoke::=sh` and settings of one's own run programs.
  if (read.has("config-file") || read.values("option").some(({ text }) => !plainAptOption.test(text)))
    return toolExec(call, on);
  if (read.uncertain.length > 0) return change(call, on);
  if (read.has("no-act", "print-uris", "help", "version") && read.unknown.length === 0) return on.fine();
  return verbEffect(read.operands, aptLooks) === "fine" ? on.fine() : change(call, on);
};

const dpkgLooks =
  /^(?:-[lLsSpCVWI]+|-c|-f|--(?:list|listfiles|status|search|print-avail|audit|yet-to-unpack|verify|get-selections|print-architecture|print-foreign-architectures|compare-versions|validate-\w+|show|contents|info|field|control-path|control-list|control-show|version|help|assert-[\w-]+|predep-package|fsys-tarfile)(?:=.*)?)$/;
const dpkgOpens = /^(?:-[xXR]|-e|--(?:extract|vextract|raw-extract|control))$/;

/** `dpkg`. */
export const dpkg: PackageJudge = (call, on) => {
  const words = call.args.map(({ text }) => text);
  if (words.some((word) => /^--(?:pre-invoke|post-invoke|status-logger)/.test(word))) return toolExec(call, on);
  if (
    words.some((word) => /^(?:--dry-run|--no-act|--simulate)$/.test(word)) &&
    !words.some((word) => word.startsWith(HOLE))
  )
    return on.fine();
  const acts = call.args.filter(
    (arg) =>
      /^-/.test(arg.text) &&
      !/^--(?:root|admindir|instdir|log|force-|no-force|refuse-|no-pager|showformat|deb-format|nocheck|uniform|debug)|^-[Z0-9D]/.test(
        arg.text,
      ),
  );
  const [first] = acts;
  if (first === undefined) return words.length === 0 ? on.fine() : change(call, on);
  if (acts.every(({ text }) => dpkgLooks.test(text))) return on.fine();
  const files = call.args.filter(({ text }) => !text.startsWith("-"));
  const last = files.at(-1);
  if (dpkgOpens.test(first.text))
    return files.length < 2 || last === undefined
      ? on.write({ ...first, text: "./DEBIAN", at: null }, "create")
      : on.write({ ...last, text: `${last.text}/x`, at: null }, "create");
  if (/^(?:-b|--build)$/.test(first.text))
    return last === undefined
      ? on.fine()
      : on.write({ ...last, text: files.length > 1 ? last.text : `${last.text}.deb`, at: null }, "overwrite");
  return change(call, on);
};
