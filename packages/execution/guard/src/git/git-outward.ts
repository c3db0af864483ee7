// Subcommands that hand something out: passwords, mail, a server.
import { taintedStream } from "../arg.ts";
import { grammar } from "../options.ts";
import { callShown, isOneOf, optionsOf, type Subcommand, toolExec, unknownCall } from "./git-call.ts";

/** `git credential fill` and the helpers' `get` print a password. */
export const credential: Subcommand = (git, on) => {
  const verb = git.args.findLast(({ text }) => !text.startsWith("-"))?.text ?? "";
  if (verb === "fill" || verb === "get" || verb.startsWith("\0"))
    return on.printing(on.effect("exfil.secret-read", `run \`${callShown(git)}\``), taintedStream(["secret"]));
  return /^(?:capability|exit|)$/.test(verb) ? on.fine() : unknownCall(git, on);
};

export const sendEmail: Subcommand = (git, on) => {
  const read = optionsOf(
    git,
    grammar(
      "to= cc= bcc= from= subject= in-reply-to= compose annotate smtp-server= sendmail-cmd= to-cmd= cc-cmd= header-cmd= dry-run identity= envelope-sender=",
    ),
  );
  const programs = ["sendmail-cmd", "to-cmd", "cc-cmd", "header-cmd"].flatMap((name) => read.values(name));
  const server = read.values("smtp-server").filter(({ text }) => /^[/.~]/.test(text));
  if (programs.length + server.length > 0)
    return toolExec(on, `run \`${callShown(git)}\`, which names a program to start`);
  return read.has("dry-run") ? on.fine() : publish(git, on);
};

/** What leaves this machine, or opens it. */
export const publish: Subcommand = (git, on) => on.effect("infra.publish", `run \`${callShown(git)}\``);

/** The far side of another git: started by ssh, hardly by hand. */
export const service: Subcommand = (git, on) => unknownCall(git, on);

/** `git remote-ext PROGRAM` runs it. */
export const remoteHelper: Subcommand = (git, on) => toolExec(on, `run \`${callShown(git)}\``);

const lfsMigrate = /^(?:info|)$/;

export const lfs: Subcommand = (git, on) => {
  const words = git.args.filter(({ text }) => !text.startsWith("-")).map(({ text }) => text);
  const [verb = "", next = ""] = words;
  if (
    /^(?:status|ls-files|env|track|untrack|pull|fetch|push|checkout|logs|locks|lock|version|help|pointer|ext|fsck|clean|smudge|filter-process|update|clone|merge-driver|dedup|post-.*|pre-push|)$/.test(
      verb,
    )
  )
    return on.fine();
  const trial = git.args.some((arg) => isOneOf(arg, /^(?:-d|--dry-run)$/));
  if (verb === "migrate")
    return lfsMigrate.test(next) ? on.fine() : on.effect("git.history", `run \`${callShown(git)}\``);
  if (verb === "prune") return trial ? on.fine() : on.effect("git.history", `run \`${callShown(git)}\``);
  if (verb === "install" || verb === "uninstall")
    return on.effect("system.persist", `run \`${callShown(git)}\`, which sets filters and hooks of git`);
  return unknownCall(git, on);
};
