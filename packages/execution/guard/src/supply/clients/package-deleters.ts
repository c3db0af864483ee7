// Packages that only delete: `rimraf`, `del-cli`, `shx rm`, `trash-cli`.
import type { Arg } from "../../arg.ts";
import type { Evaluation, Outcome } from "../../profile.ts";

/** What such a program deletes; undefined for any other. */
export function deleterOutcome(on: Evaluation, name: string, args: readonly Arg[]): Outcome | undefined {
  const operands = args.filter(({ text }) => !text.startsWith("-"));
  if (name === "rimraf" || name === "del" || name === "del-cli" || name === "rmrf" || name === "premove")
    return removed(on, operands);
  if (name === "shx" && /^(?:rm|rmdir)$/.test(args[0]?.text ?? "")) return removed(on, operands.slice(1));
  return undefined;
}

function removed(on: Evaluation, operands: readonly Arg[]): Outcome {
  // A pattern in quotes is expanded by the program itself.
  const paths = operands.map((arg) => (/[*?[{]/.test(arg.text) ? { ...arg, glob: true } : arg));
  return on.join(...paths.map((path) => on.remove(path, { recursive: true })), on.fine());
}
