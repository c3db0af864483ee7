// Other version control: Mercurial, Subversion, Jujutsu, and tools that rewrite git's history. The same care as for git.
import { type Arg, HOLE } from "../../arg.ts";
import type { EffectKind } from "../../effect-kinds.ts";
import { type Grammar, grammar, type Options, readOptions } from "../../options.ts";
import type { Call, Evaluation, Outcome, Profile } from "../../profile.ts";
import { callShown } from "../_verb-effects.ts";
import { asksForHelp, shown } from "../_words.ts";

interface System {
  readonly options: Grammar;
  /** Verbs that read, or that lose nothing. */
  readonly fine: ReadonlySet<string>;
  readonly asks: ReadonlyMap<string, EffectKind>;
  /** What options make of a verb. */
  readonly special: (verb: string, read: Options, call: Call) => EffectKind | null;
  /** Options whose value is a program or a setting that names one. */
  readonly programs: readonly string[];
}

const words = (text: string): ReadonlySet<string> => new Set(text.split(" "));
const asking = (kinds: Readonly<Partial<Record<EffectKind, string>>>): ReadonlyMap<string, EffectKind> =>
  // SAFETY: the keys of `kinds` are effect kinds.
  new Map(
    (Object.entries(kinds) as [EffectKind, string][]).flatMap(([kind, text]) =>
      text.split(" ").map((verb): [string, EffectKind] => [verb, kind]),
    ),
  );

const hg: System = {
  options: grammar(
    "R,repository= cwd= y,noninteractive q,quiet v,verbose color= config= debug traceback h,help pager= e,ssh= remotecmd= C,clean c,check f,force r,rev= d,date= m,message= l,logfile= u,user= I,include= X,exclude= a,all n,no-backup dry-run delete T,template= p,program= o,option= command= tool= keep B,bookmark= new-branch b,branch= graph G style= D,dest= s,source= base=",
  ),
  fine: words(
    "status st log diff annotate blame cat heads tip parents summary sum id identify paths branches tags bookmarks bookmark files manifest grep locate root version help incoming in outgoing out verify export bundle archive showconfig config debugconfig init clone add addremove remove rm forget copy cp mv move rename commit ci pull push branch tag resolve merge graft rebase shelve unshelve backout import update up checkout co phase recover bisect glog record qseries qdiff qnew qrefresh qpop qpush churn ancestors evolve uncommit topic amend absorb fold histedit split metaedit next prev",
  ),
  asks: asking({
    "git.discard": "revert purge clean",
    "git.history": "strip rollback qdelete prune obsolete debugstrip censor convert qstrip",
    "infra.publish": "serve email patchbomb",
  }),
  special: (verb, read) => {
    if (/^(?:update|up|checkout|co|merge|bisect)$/.test(verb) && read.has("clean")) return "git.discard";
    if (/^(?:remove|rm|unshelve)$/.test(verb) && read.has("force")) return "git.discard";
    if (verb === "shelve" && read.has("delete")) return "git.history";
    if (verb === "push" && read.has("force")) return "git.remote-destroy";
    if (verb === "phase" && read.has("force")) return "git.history";
    if ((verb === "bookmark" || verb === "bookmarks") && read.has("delete")) return "git.history";
    return null;
  },
  programs: ["ssh", "remotecmd", "program", "tool", "config"],
};

const svn: System = {
  options: grammar(
    "m,message= F,file= r,revision= c,change= N depth= set-depth= username= password= non-interactive force q,quiet v,verbose x,extensions= diff-cmd= diff3-cmd= editor-cmd= config-dir= config-option= trust-server-cert xml l,limit= cl,changelist= accept= R,recursive remove-unversioned remove-ignored keep-local parents remove-added targets= encoding= show-item= no-ignore",
  ),
  fine: words(
    "status stat st log diff di info list ls cat blame praise annotate ann proplist plist pl propget pget pg help h checkout co update up add commit ci copy cp mkdir move mv rename ren switch sw merge mergeinfo resolve resolved cleanup changelist cl export patch upgrade relocate auth propset pset ps propedit pedit pe delete del remove rm propdel pdel pd lock import x-shelve x-unshelve",
  ),
  asks: asking({ "git.discard": "revert x-shelf-drop", "git.remote-destroy": "unlock" }),
  special: (verb, read) => {
    if (verb === "cleanup" && read.has("remove-unversioned", "remove-ignored")) return "git.discard";
    if (/^(?:delete|del|remove|rm)$/.test(verb))
      return read.operands.some(({ text }) => /:\/\/|^\^/.test(text) || text.startsWith(HOLE))
        ? "git.remote-destroy"
        : read.has("force")
          ? "git.discard"
          : null;
    return null;
  },
  programs: ["diff-cmd", "diff3-cmd", "editor-cmd", "config-option", "config-dir"],
};

const jj: System = {
  options: grammar(
    "R,repository= at-op,at-operation= ignore-working-copy no-pager quiet color= config= config-file= config-toml= m,message= r,revisions= d,destination= s,source= b,bookmark= f,from= t,to= T,template= n,limit= tool= B,insert-before= A,insert-after= remote= deleted delete all dry-run allow-new c,change= into= i,interactive w,when=",
  ),
  fine: words(
    "log status st diff show describe desc new commit ci edit next prev squash split rebase duplicate diffedit resolve backout revert absorb parallelize fix interdiff evolog obslog root version help files file bookmark b branch tag config git op operation workspace sparse util init unsquash move arrange sign unsign metaedit simplify-parents bisect",
  ),
  asks: asking({ "git.discard": "restore", "git.history": "abandon undo redo" }),
  special: (verb, read) => {
    const second = read.operands[1]?.text ?? "";
    if (/^(?:op|operation)$/.test(verb)) return /^(?:restore|abandon|undo|revert)$/.test(second) ? "git.history" : null;
    if (/^(?:bookmark|b|branch)$/.test(verb)) return /^(?:delete|d|forget|f)$/.test(second) ? "git.history" : null;
    if (verb === "git") return second === "push" && read.has("deleted", "delete", "all") ? "git.remote-destroy" : null;
    if (verb === "config") return /^(?:set|edit|unset)$/.test(second) ? "unknown.option" : null;
    if (verb === "workspace" && second === "forget") return "git.history";
    if (verb === "util" && second === "gc") return "git.history";
    return null;
  },
  programs: ["tool", "config", "config-file", "config-toml"],
};

const systems: Readonly<Record<string, System>> = { hg, svn, jj };
const harmlessSetting =
  /^(?:ui\.(?:username|verbose|quiet|interactive|color|paginate|diff-formatter|default-command|log-word-wrap|graph\.style)|user\.(?:name|email)|color\.[\w.]+|diff\.git|servers:global:[\w-]+|extensions\.(?:purge|rebase|strip|histedit|shelve|graphlog|mq|churn|color|progress|evolve|topic)|phases\.[\w-]+)=?/;

function judgeSystem(call: Call, on: Evaluation, system: System): Outcome {
  const read = readOptions(call.args, system.options);
  const verb = read.operands[0]?.text ?? "";
  const what = `run \`${callShown(call)}\``;
  const programs = system.programs
    .flatMap((name) => read.values(name).map((value): [string, Arg] => [name, value]))
    .filter(([name, value]) => !harmless(name, value))
    .map(([name, value]) =>
      on.effect("code-injection.tool-exec", `${what}, which hands it \`${shown(value)}\` as its ${name}`),
    );
  const kind =
    system.special(verb, read, call) ??
    system.asks.get(verb) ??
    (verb === "" || system.fine.has(verb) ? null : "unknown.option");
  const nested =
    call.name === "jj" && verb === "util" && read.operands[1]?.text === "exec" ? [on.run(afterDashes(call.args))] : [];
  return on.join(
    ...programs,
    ...nested,
    ...bisected(call, on, verb),
    ...read.uncertain.map(() => on.effect("unknown.option", what)),
    kind === null ? on.fine() : on.effect(kind, what),
  );
}

// `hg bisect -c COMMAND`: a shell program for each step.
const bisectOptions = grammar("r,reset g,good b,bad s,skip e,extend c,command= U,noupdate");
const bisected = (call: Call, on: Evaluation, verb: string): readonly Outcome[] =>
  call.name === "hg" && verb === "bisect"
    ? readOptions(call.args, bisectOptions)
        .values("command")
        .map((text) => on.script(text))
    : [];

const afterDashes = (args: readonly Arg[]): readonly Arg[] => {
  const cut = args.findIndex(({ text }) => text === "--");
  return cut < 0 ? args.slice(2) : args.slice(cut + 1);
};

function harmless(name: string, { text }: Arg): boolean {
  if (text.includes(HOLE)) return false;
  if (name === "ssh" || name === "remotecmd") return /^(?:ssh|hg)$/.test(text);
  if (name === "tool" || name === "program") return /^:?[a-z][\w-]*$/.test(text);
  if (name === "config" || name === "config-option") return harmlessSetting.test(text);
  return false;
}

const historians: ReadonlySet<string> = new Set([
  "bfg",
  "reposurgeon",
  "hg-fast-export",
  "svnadmin",
  "svndumpfilter",
  "svnsync",
]);
const svnadminReads = /^(?:dump|verify|info|lslocks|lstxns|help|hotcopy|freeze|delrevprop)$/;

function rewriter(call: Call, on: Evaluation): Outcome {
  const verb = call.args[0]?.text ?? "";
  if (call.name === "svnadmin" && (svnadminReads.test(verb) || verb === "create")) return on.fine();
  if (call.name === "svndumpfilter") return on.fine();
  return on.effect("git.history", `run \`${callShown(call)}\``);
}

const viewers = ["tig", "gitk", "svnlook", "svnversion", "onefetch", "gitstats"];

export const profile: Profile = {
  names: [...Object.keys(systems), ...historians, ...viewers],
  summary: "works with repositories",
  judge: (call, on) => {
    if (asksForHelp(call.args) || viewers.includes(call.name)) return on.fine();
    const system = systems[call.name];
    return system === undefined ? rewriter(call, on) : judgeSystem(call, on, system);
  },
  matches: [
    { line: "hg update -C", decision: "ask", effect: "git.discard" },
    { line: "hg revert --all", decision: "ask", effect: "git.discard" },
    { line: "hg --config extensions.purge= purge", decision: "ask", effect: "git.discard" },
    { line: "hg strip tip", decision: "ask", effect: "git.history" },
    { line: "hg push -f", decision: "ask", effect: "git.remote-destroy" },
    { line: "hg --config hooks.update='sh -c id' update", decision: "deny", effect: "code-injection.tool-exec" },
    { line: "svn revert -R .", decision: "ask", effect: "git.discard" },
    { line: "svn rm -m x https://example.com/repo/trunk", decision: "ask", effect: "git.remote-destroy" },
    { line: "svn diff --diff-cmd ./evil", decision: "deny", effect: "code-injection.tool-exec" },
    { line: "jj abandon @", decision: "ask", effect: "git.history" },
    { line: "jj util exec -- sudo id", decision: "deny", effect: "privilege.elevate" },
    { line: "bfg --strip-blobs-bigger-than 1M repo.git", decision: "ask", effect: "git.history" },
  ],
  spares: [
    "hg status",
    "hg commit -m 'no rm -rf'",
    "hg update stable",
    "svn status",
    "svn up",
    "svn commit -m x",
    "jj log",
    "jj git push",
    "jj describe -m 'x'",
  ],
};
