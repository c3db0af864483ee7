// Kustomize: rendering is free, unless the files may start programs.
import type { Profile } from "../../profile.ts";
import { judgeSubcommands, type Special } from "../_subcommands.ts";
import { shown } from "../_words.ts";

const startsPrograms = /^--(?:enable-(?:exec|alpha-plugins|helm-command)|helm-command|network)(?:=|$)/;

const build: Special = ({ on, tail, options, rest }) =>
  on.join(
    on.fine(),
    ...tail
      .filter(({ text }) => startsPrograms.test(text) && !/^--enable-helm/.test(text))
      .map((arg) => on.effect("code-injection.tool-exec", `render with \`${shown(arg)}\``)),
    ...rest
      .filter(({ text }) => /^(?:https?:|git@|ssh:|github\.com\/)/.test(text))
      .map(() => on.effect("harmless.fetch", "fetch what is rendered")),
    ...options.values("output").map((path) => on.write(path, "overwrite")),
  );

export const profile: Profile = {
  names: ["kustomize"],
  summary: "renders manifests",
  judge: judgeSubcommands({
    options:
      "o,output= load-restrictor= mount= e,env= as-current-user reorder= stack-trace helm-command= enable-helm enable-exec enable-alpha-plugins network network-name=",
    means: { read: "create, edit, edit *, cfg *, localize, version, help, completion, docs", exec: "fn run" },
    special: { build },
  }),
  matches: [
    {
      line: "kustomize build --enable-exec --enable-alpha-plugins .",
      decision: "deny",
      effect: "code-injection.tool-exec",
    },
    { line: "kustomize build . -o /etc/x.yaml", decision: "deny", effect: "system.write" },
    { line: "kustomize fn run .", decision: "deny", effect: "code-injection.tool-exec" },
    { line: "kustomize frobnicate", decision: "ask", effect: "unknown.option" },
  ],
  spares: [
    "kustomize build k8s/overlays/dev",
    "kustomize build . --enable-helm",
    "kustomize edit set image app=app:2",
    "kustomize version",
  ],
};
