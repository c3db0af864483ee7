// Installs of Python distributions by words and requirements files: pip, `uv pip`, pipx.
import type { Arg } from "../../arg.ts";
import type { Edit } from "../../effect.ts";
import { type Grammar, grammar, type Options } from "../../options.ts";
import type { Evaluation, Outcome } from "../../profile.ts";
import { pipEditable } from "../specs/pip-spec.ts";
import { isKnown } from "../../arg.ts";
import { shownWord } from "../specs/requirement.ts";
import type { InstallScope } from "../install/install-request.ts";
import { installOutcome, isInside } from "./client-install.ts";
import { requirementFiles } from "./requirement-files.ts";

/** Options of pip that every command takes, and those of its installs; uv's own are added to them. */
export const pipGrammar: Grammar = grammar(
  "python= isolated require-virtualenv v,verbose q,quiet log= proxy= retries= timeout= exists-action= trusted-host= cert= client-cert= cache-dir= no-cache-dir disable-pip-version-check no-color no-input keyring-provider= " +
    "use-feature= use-deprecated= no-python-version-warning debug h,help V,version r,requirement,requirements= c,constraint,constraints= build-constraint= no-deps pre e,editable= dry-run t,target= platform= python-version= implementation= abi= " +
    "user root= prefix= src= U,upgrade upgrade-strategy= force-reinstall I,ignore-installed ignore-requires-python no-build-isolation use-pep517 no-use-pep517 check-build-dependencies break-system-packages C,config-setting,config-settings= " +
    "global-option= install-option= build-option= compile no-compile no-warn-script-location no-warn-conflicts no-binary= only-binary= prefer-binary require-hashes progress-bar= root-user-action= report= group= no-clean i,index-url= " +
    "extra-index-url= no-index f,find-links= uploaded-prior-to= d,dest= w,wheel-dir= y,yes o,outdated l,local path= not-required format= exclude= uptodate exclude-editable include-editable all editable-list json pre-release files f-all site global",
);

/** What options of an install by pip's words weaken. */
export function pipWeakening(on: Evaluation, options: Options): Outcome {
  const outcomes = options.given.flatMap(({ name, value, arg }) => {
    const shown = shownWord(
      `${arg.text}${value === undefined || arg.text.includes("=") ? "" : ` ${value.text}`}`.replaceAll("\0", "…"),
    );
    if (/^(?:index-url|extra-index-url|index|default-index|find-links)$/.test(name))
      return [on.effect("supply-chain.source", `install from elsewhere by \`${shown}\``)];
    if (/^(?:trusted-host|proxy|cert|client-cert|allow-insecure-host|index-strategy|no-verify-hashes)$/.test(name))
      return [on.effect("supply-chain.protection-off", `install without a check by \`${shown}\``)];
    if (name === "no-binary" && value?.text !== ":none:")
      return [on.effect("supply-chain.scripts-on", `build packages from source by \`${shown}\``)];
    if (name === "break-system-packages" || name === "system")
      return [on.effect("system.package", `change the system's own Python by \`${shown}\``)];
    if (/^(?:target|root|prefix|src|dest|wheel-dir)$/.test(name) && !isInside(on, value))
      return [on.effect("unknown.outside-write", `install outside the workspace by \`${shown}\``)];
    if (name === "config-file" && !isInside(on, value))
      return [on.effect("code-injection.config", `take the client's configuration from elsewhere by \`${shown}\``)];
    return [];
  });
  const unknown = options.unknown.map(({ text }) =>
    on.effect("unknown.option", `use the option \`${shownWord(text)}\``),
  );
  return on.join(...outcomes, ...unknown, on.fine());
}

/** An install by words and files. */
export interface PythonInstall {
  readonly command: string;
  readonly scope: InstallScope;
  readonly options: Options;
  readonly words: readonly Arg[];
  /** Packages are taken as built, none is built here. */
  readonly built_only: boolean;
  readonly edits: readonly Edit[];
}

/** The outcome of such an install: what is pinned with a hash passes, the rest is asked. */
export function pythonInstall(
  on: Evaluation,
  { command, scope, options, words, built_only, edits }: PythonInstall,
): Outcome {
  const files = requirementFiles(on, [...options.values("requirements")]);
  const limits = requirementFiles(on, options.values("constraints"));
  const editables = options.values("editable");
  const loose = files.requirements.filter((one) => one.wanted.kind !== "exact" || one.source.kind !== "registry");
  const judged = installOutcome(on, {
    ecosystem: "PyPI",
    command,
    scope:
      words.length + editables.length + loose.length === 0 &&
      scope === "add" &&
      options.values("requirements").length > 0
        ? "lockfile"
        : scope,
    words,
    requested: [...editables.filter(isKnown).map(({ text }) => pipEditable(text)), ...loose],
    unknown_words: files.unknown || editables.some((one) => !isKnown(one)) || options.uncertain.length > 0,
    scripts: built_only ? "off" : "rewritable",
    edits: built_only ? [] : edits,
    locked: files.entries.filter(({ version }) => version !== null),
  });
  return on.join(judged, files.outcome, limits.outcome, pipWeakening(on, options));
}
