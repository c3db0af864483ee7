// Emacs: opening a file is harmless; Lisp on the line is read by its words, libraries of the line's choosing are asked.
import { type Arg, literal } from "../../arg.ts";
import type { Call, Evaluation, Outcome, Profile } from "../../profile.ts";
import { asksForHelp, oddWords, shown } from "../_words.ts";
import { readProgramOptions } from "../interpreters/_program-options.ts";

export const profile: Profile = {
  names: ["emacs", "emacsclient", "emacs-nox", "xemacs", "mg", "jove", "zile", "qemacs", "emacs-gtk"],
  summary: "edits files, and runs Lisp",
  judge: (call, on) => (asksForHelp(call.args) ? on.fine() : emacs(call, on)),
  matches: [
    { line: "emacs --batch --eval '(shell-command \"sudo id\")'", decision: "deny", effect: "privilege.elevate" },
    { line: "emacs --batch --eval '(delete-directory \"dist\" t)'", decision: "deny", effect: "delete.code-api" },
    { line: "emacs -Q --batch -f shell", decision: "deny", effect: "code-injection.tool-exec" },
    { line: 'emacs --batch --eval "$X"', decision: "deny", effect: "code-injection.dynamic" },
    {
      line: 'emacsclient -e \'(call-process "sudo" nil nil nil "id")\'',
      decision: "deny",
      effect: "code-injection.tool-exec",
    },
    { line: "emacs --batch -l /opt/x.el", decision: "ask", effect: "unknown.script" },
    { line: "emacs --batch --eval '(frobnicate)'", decision: "ask", effect: "code-injection.code-unknown" },
  ],
  spares: [
    "emacs --version",
    "emacs -nw README.md",
    "emacs +10 src/a.ts",
    "emacs --batch --eval '(message \"hi\")'",
    "emacs --batch -l ert -l tests/x.el -f ert-run-tests-batch-and-exit",
  ],
};

const lispStarts =
  /\b(?:shell-command(?:-to-string|-on-region)?|call-process(?:-region|-shell-command)?|process-file|process-lines|start-process(?:-shell-command)?|start-file-process|make-process|async-shell-command|compile|shell|eshell|term|ansi-term|dired-do-shell-command|open-network-stream|make-network-process|url-retrieve(?:-synchronously)?|url-copy-file|browse-url|package-install(?:-file)?|package-refresh-contents|module-load)\b/;
const lispDeletes =
  /\b(?:delete-file|delete-directory|move-file-to-trash|rename-file|copy-file|make-symbolic-link|set-file-modes)\b/;
const lispKnown =
  /^\(?\s*(?:message|princ|print|prin1|emacs-version|kill-emacs|progn|require|add-to-list|setq|let\*?|byte-compile-file|batch-byte-compile|org-babel-tangle|org-\w+-export-to-\w+|find-file|goto-char|point-m(?:in|ax)|save-buffer|indent-region|untabify|whitespace-cleanup|checkdoc-file|ert-run-tests-batch-and-exit|version|concat|format|\+|\*|-|\/)\b/;

function emacs(call: Call, on: Evaluation): Outcome {
  const form = {
    flags: "nbqDQWctr",
    values: "lfLuidTgsea",
    longs:
      "batch script= eval= execute= load= funcall= directory= no-init-file quick no-site-file no-site-lisp no-splash insert= file= find-file= visit= kill debug-init daemon=? fg-daemon=? bg-daemon=? no-window-system display= version help user= chdir= init-directory= name= title= terminal= module-assertions dump-file= no-wait tty create-frame alternate-editor= socket-name= server-file= nw suppress-output quiet parent-id= reuse-frame frame-parameters= timeout= no-desktop no-loadup nl temacs= x",
    single: true,
    anywhere: true,
  } as const;
  const read = readProgramOptions(
    call.args.filter(({ text }) => !/^\+\d/.test(text)),
    form,
  );
  if (read.has("version", "help")) return on.fine();
  const client = call.name === "emacsclient";
  const texts = [
    ...read.values("eval", "execute"),
    ...(client && read.has("e") ? [...read.values("e"), ...read.rest] : []),
  ];
  const loads = read
    .values("l", "load", "script", "L", "directory", "init-directory", "dump-file")
    .filter(({ text }) => /\//.test(text) || /\.elc?$/.test(text))
    .map((file) =>
      on.contents([file]).taints.has("network") || on.contents([file]).taints.has("decoded")
        ? on.effect("remote-exec.download-run", `load \`${shown(file)}\`, which this command fetches`)
        : on.places(file).every(({ real_zone }) => /^workspace/.test(real_zone))
          ? on.fine()
          : on.effect("unknown.script", `load \`${shown(file)}\``),
    );
  const calls = read
    .values("f", "funcall")
    .map((name) =>
      lispStarts.test(name.text) ? on.effect("code-injection.tool-exec", `call \`${shown(name)}\``) : on.fine(),
    );
  const other = client
    ? read
        .values("a", "alternate-editor")
        .filter(({ text }) => text !== "")
        .map((editor) => on.script(editor))
    : [];
  return on.join(
    ...oddWords(on, call.name, read.unknown),
    ...loads,
    ...calls,
    ...other,
    ...texts.map((text) => lisp(on, text)),
    on.fine(),
  );
}

function lisp(on: Evaluation, source: Arg): Outcome {
  const { text } = source;
  if (text.includes("\0"))
    return on.effect("code-injection.dynamic", "evaluate a text that is only known when it runs");
  if (lispStarts.test(text))
    return on.join(
      ...[...text.matchAll(/"((?:[^"\\]|\\.)*)"/g)]
        .slice(0, 8)
        .map((match) => on.script(literal((match[1] ?? "").replaceAll(/\\(.)/g, "$1")))),
      on.effect("code-injection.tool-exec", `evaluate \`${shown(source)}\``),
    );
  if (lispDeletes.test(text)) return on.effect("delete.code-api", `evaluate \`${shown(source)}\``);
  return lispKnown.test(text) && !/\b(?:eval|load|funcall|apply|intern|read|autoload)\b/.test(text)
    ? on.fine()
    : on.effect("code-injection.code-unknown", `evaluate \`${shown(source)}\``);
}
