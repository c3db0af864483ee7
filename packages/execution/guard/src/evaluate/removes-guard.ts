// Taking the guard off the machine with the package manager that put it there.
import { type Arg, isKnown } from "../arg.ts";
import type { Call } from "../profile.ts";
import { add } from "./run.ts";
import type { Walker } from "./walker.ts";

const managers =
  /^(?:npm|pnpm|yarn|bun|deno|pip[\d.]*|python[\d.]*|uv|pipx|poetry|pdm|conda|mamba|cargo|gem|go|brew|port|mise|asdf|volta|nix(?:-env)?|apt(?:-get|itude)?|dpkg|dnf|yum|rpm|pacman|apk|snap|flatpak|zypper|code)$/;
const removal =
  /^(?:uninstall|un|unlink|remove|rm|r|erase|purge|autoremove|del|dislink|-R[a-z]*|-e|-r|--remove|--uninstall(?:-extension)?|--purge)$/;

/** SECURITY: `npm uninstall -g @ces/cli`: what is gone holds nobody. */
export function removesGuard(walk: Walker, { name, args }: Pick<Call, "name" | "args">): void {
  if (!managers.test(name)) return;
  const from = args.findIndex(({ text }) => removal.test(text));
  if (from < 0) return;
  const own = args.slice(from + 1).find((arg) => isGuard(walk, arg));
  if (own !== undefined) add(walk.into, "self-protect.tamper", `remove \`${own.text}\` by \`${name}\``);
}

// `agent-guard`, `@ces/cli`, `@acme/agent-guard@1`
const isGuard = ({ run }: Walker, arg: Arg): boolean =>
  isKnown(arg) &&
  run.setting.own_names.some(
    (own) => arg.text === own || new RegExp(`(?:^@${own}/|^(?:@[^/]+/)?${own}(?:-cli)?(?:$|[@=]))`).test(arg.text),
  );
