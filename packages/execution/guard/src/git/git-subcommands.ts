// Every subcommand of git, by name, with its judge. What is not here is an alias or a stranger's program, and asks.
import type { Subcommand } from "./git-call.ts";
import { credential, lfs, publish, remoteHelper, sendEmail, service } from "./git-outward.ts";
import { am, apply } from "./git-patch.ts";
import {
  archive,
  blame,
  bundle,
  commit,
  fastExport,
  formatPatch,
  init,
  look,
  mergeFile,
  lsFiles,
  plain,
  revParse,
} from "./git-read.ts";
import {
  branch,
  gc,
  importHistory,
  maintenance,
  moves,
  notes,
  prune,
  reflog,
  replace,
  rewriteHistory,
  symbolicRef,
  tag,
} from "./git-refs.ts";
import { push } from "./git-push.ts";
import { clone, fetch, lsRemote, pull, remote } from "./git-remote.ts";
import { bisect, difftool, filterBranch, forEachRepo, grep, mergeIndex, rebase } from "./git-run.ts";
import { config } from "./git-settings.ts";
import { submodule, subtree } from "./git-submodule.ts";
import {
  checkout,
  checkoutIndex,
  clean,
  mv,
  readTree,
  reset,
  restore,
  rm,
  sparseCheckout,
  stageFiles,
  stash,
  switchTo,
  worktree,
} from "./git-work.ts";
import { merging } from "./git-merging.ts";

const all = (names: string, judge: Subcommand): readonly (readonly [string, Subcommand])[] =>
  names.split(" ").map((name) => [name, judge]);

/** The judge of each subcommand. */
export const subcommands: ReadonlyMap<string, Subcommand> = new Map<string, Subcommand>([
  ...all(
    "status describe name-rev rev-list ls-tree shortlog show-ref show-branch cherry count-objects for-each-ref merge-base merge-tree var verify-commit verify-pack verify-tag version help check-attr check-ignore check-mailmap check-ref-format column fmt-merge-msg fsck fsck-objects get-tar-commit-id hash-object interpret-trailers mailinfo mailsplit mktag mktree multi-pack-index commit-graph commit-tree write-tree pack-objects pack-redundant pack-refs prune-packed repack index-pack unpack-objects unpack-file patch-id stripspace update-index update-server-info show-index diff-pairs last-modified cliff sizer absorb cz repo survey backfill rerere gui citool mergetool request-pull sh-i18n sh-setup bugreport diagnose hook fsmonitor--daemon replay refs",
    plain,
  ),
  ...all("add stage", stageFiles),
  ...all("log diff show whatchanged diff-tree diff-index diff-files range-diff cat-file", look),
  ...all("blame annotate pickaxe", blame),
  ...all("merge cherry-pick revert", merging),
  ["ls-files", lsFiles],
  ["rev-parse", revParse],
  ["archive", archive],
  ["bundle", bundle],
  ["format-patch", formatPatch],
  ["fast-export", fastExport],
  ["merge-file", mergeFile],
  ...all("init init-db", init),
  ["commit", commit],
  ["apply", apply],
  ["am", am],
  ["reset", reset],
  ["checkout", checkout],
  ["switch", switchTo],
  ["restore", restore],
  ["clean", clean],
  ["rm", rm],
  ["mv", mv],
  ["read-tree", readTree],
  ["checkout-index", checkoutIndex],
  ["stash", stash],
  ["sparse-checkout", sparseCheckout],
  ["worktree", worktree],
  ["branch", branch],
  ["tag", tag],
  ["reflog", reflog],
  ["gc", gc],
  ["prune", prune],
  ["symbolic-ref", symbolicRef],
  ["update-ref", moves],
  ["fast-import", importHistory],
  ["replace", replace],
  ["notes", notes],
  ["maintenance", maintenance],
  ["filter-repo", rewriteHistory],
  ["filter-branch", filterBranch],
  ["push", push],
  ...all("fetch fetch-pack", fetch),
  ["pull", pull],
  ["clone", clone],
  ["ls-remote", lsRemote],
  ["remote", remote],
  ["submodule", submodule],
  ["rebase", rebase],
  ["bisect", bisect],
  ["difftool", difftool],
  ["merge-index", mergeIndex],
  ["for-each-repo", forEachRepo],
  ["grep", grep],
  ["config", config],
  ...all(
    "credential credential-store credential-cache credential-osxkeychain credential-libsecret credential-manager credential-manager-core credential-wincred credential-netrc",
    credential,
  ),
  ["send-email", sendEmail],
  ...all("imap-send daemon instaweb http-push send-pack", publish),
  ...all(
    "upload-pack receive-pack upload-archive http-backend shell cvsserver p4 svn archimport cvsimport cvsexportcommit quiltimport http-fetch web--browse",
    service,
  ),
  ...all("remote-ext remote-fd", remoteHelper),
  ["lfs", lfs],
  ["subtree", subtree],
]);
