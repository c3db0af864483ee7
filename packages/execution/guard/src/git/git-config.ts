// Settings of git: most are taste, some name a program that git runs, and those are refused.
import { type Arg, HOLE } from "../arg.ts";
import type { EffectKind } from "../effect-kinds.ts";
import type { Evaluation, Outcome } from "../profile.ts";
import { transportEffect } from "./git-transport.ts";

type Meaning = "fine" | "runs" | "ask";

/** Programs that only show, edit or refuse. */
const plainProgram =
  /^(?:|cat|less(?: -[A-Za-z]+)*|more|true|false|:|yes|no|on|off|0|1|vim?|nvim|nano|pico|ed|emacs(?: -nw)?|code(?: (?:--wait|-w))?|delta(?: --[a-z-]+)*|diff-so-fancy(?: \| less -[A-Za-z]+)?)$/;
const boolean = /^(?:|true|false|yes|no|on|off|0|1)$/i;

interface Rule {
  readonly key: RegExp;
  /** Values that are harmless; without it no value is. */
  readonly fine?: RegExp;
  readonly otherwise: "runs" | "ask";
}

const runs = (key: RegExp, fine?: RegExp): Rule => ({
  key,
  otherwise: "runs",
  ...(fine === undefined ? {} : { fine }),
});
const asks = (key: RegExp, fine?: RegExp): Rule => ({ key, otherwise: "ask", ...(fine === undefined ? {} : { fine }) });

// Keys are compared with their section and name in lower case, the part between as it is.
const rules: readonly Rule[] = [
  runs(/^core\.(?:pager|editor)$|^sequence\.editor$|^pager\./, plainProgram),
  runs(/^core\.fsmonitor$/, boolean),
  runs(/^core\.(?:sshcommand|hookspath|askpass|gitproxy|worktree|alternaterefscommand)$/),
  runs(/^alias\./, /^[^!]/),
  runs(
    /^credential\.(?:.*\.)?helper$/,
    /^(?:|cache(?: --timeout[ =]\d+)?|store|osxkeychain|manager(?:-core)?|libsecret|wincred|gnome-keyring)$/,
  ),
  runs(
    /^diff\.external$|^diff\..*\.(?:command|textconv)$|^(?:diff|merge)tool\..*\.(?:cmd|path)$|^merge\..*\.driver$|^filter\.|^interactive\.difffilter$/,
  ),
  runs(/^gpg\.(?:.*\.)?(?:program|defaultkeycommand)$/, /^(?:gpg2?|gpgsm|ssh-keygen)$/),
  runs(
    /^(?:browser|man|guitool|tar|trailer|hook)\..*\.(?:cmd|command|path)$|^sendemail\..*(?:cmd|smtpserver)$|^sendemail\.smtpserver$/,
  ),
  runs(/^uploadpack\.packobjectshook$|^receive\.procreceiverefs$|^remote\..*\.(?:uploadpack|receivepack|proxy|vcs)$/),
  runs(/^lfs\.(?:customtransfer\..*|standalonetransferagent|extension\..*)$|^imap\.tunnel$/),
  runs(/^protocol\.(?:ext\.|fd\.)?allow$/, /^(?:never|user)$/),
  runs(/^include\.path$|^includeif\.|^init\.templatedir$|^url\..*\.(?:push)?insteadof$/),
  runs(
    /^http\.(?:.*\.)?(?:proxy|sslverify|sslcainfo|sslcapath|sslbackend|proxysslcainfo|curloptresolve|cookiefile)$/,
    /^(?:|true|yes|on|1)$/i,
  ),
  runs(/^submodule\..*\.update$/, /^(?:checkout|rebase|merge|none)$/),
  asks(/^clean\.requireforce$/, /^(?:true|yes|on|1)$/i),
  asks(
    /^(?:safe|extensions|bundle|fetch\.bundle\w*|sendemail|core\.attributesfile|core\.repositoryformatversion|http\.(?:.*\.)?extraheader)(?:\.|$)/,
  ),
];

const harmless =
  /^(?:user|author|committer|advice|color|column|branch|push|pull|fetch|merge|rebase|commit|tag|status|log|format|diff|blame|grep|help|i18n|index|pack|gc|feature|fsck|rerere|stash|submodule|transfer|versionsort|worktree|notes|apply|am|add|checkout|clone|interactive|showbranch|gui|gitk|maintenance|receive|revert|sequencer|splitindex|tar|trailer|uploadpack|mergetool|difftool|init|lfs|protocol|remote|http|credential|ssh|github|gitlab|hub|mailmap|completion|reset|switch|diff-so-fancy|delta|gitflow|dco|core\.(?:autocrlf|eol|safecrlf|filemode|ignorecase|quotepath|precomposeunicode|longpaths|whitespace|abbrev|excludesfile|logallrefupdates|compression|loosecompression|symlinks|sparsecheckout(?:cone)?|untrackedcache|preloadindex|commentchar|commentstring|bigfilethreshold|fscache|trustctime|checkstat|multipackindex|commitgraph|warnambiguousrefs|fsync\w*|deltabasecachelimit|packedgit\w*|createobject|sharedrepository|usereplacerefs|checkroundtripencoding|notesref|disambiguate|maxtreedepth|bare))(?:\.|$)/;

/** What setting `key` to `value` means: nothing, a program that git would run, or a question. Undefined stands for `true`. */
function meaningOf(key: string, value: Arg | undefined): Meaning {
  const rule = rules.find((one) => one.key.test(key));
  if (rule === undefined) return harmless.test(key) ? "fine" : "ask";
  const text = value === undefined ? "true" : value.text;
  // An unknown stretch after a harmless beginning stays harmless only for an alias of git's own words.
  if (text.includes(HOLE)) return rule.otherwise;
  return rule.fine?.test(text.trim()) === true ? "fine" : rule.otherwise;
}

/** `Section.Sub.Name` as it is compared: section and name in lower case. */
function comparable(key: string): string {
  const first = key.indexOf(".");
  const last = key.lastIndexOf(".");
  if (first < 0) return key.toLowerCase();
  return key.slice(0, first + 1).toLowerCase() + key.slice(first + 1, last + 1) + key.slice(last + 1).toLowerCase();
}

/** The outcome of a setting, for one call (`-c`) or for good (`git config`). */
export function setting(on: Evaluation, key: Arg, value: Arg | undefined): Outcome {
  const what = `set git's \`${key.text.replaceAll(HOLE, "…").slice(0, 80)}\``;
  // SECURITY: a key that is not known may be any key.
  if (key.text.includes(HOLE)) return on.effect("code-injection.config", what);
  const name = comparable(key.text);
  if (/^(?:remote|branch|submodule)\..*\.(?:url|pushurl|remote|pushremote)$/.test(name) && value !== undefined)
    return transportEffect(on, value) ?? on.fine();
  const kinds: Readonly<Record<Meaning, EffectKind | null>> = {
    fine: null,
    runs: "code-injection.config",
    ask: "unknown.option",
  };
  const kind = kinds[meaningOf(name, value)];
  return kind === null ? on.fine() : on.effect(kind, what);
}

/** The outcome of `-c KEY=VALUE`. */
export function settingOf(on: Evaluation, pair: Arg): Outcome {
  const cut = pair.text.indexOf("=");
  const part = (text: string): Arg => ({ ...pair, text, at: null });
  return cut < 0
    ? setting(on, pair, undefined)
    : setting(on, part(pair.text.slice(0, cut)), part(pair.text.slice(cut + 1)));
}
