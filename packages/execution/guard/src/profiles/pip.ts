// pip: distributions are taken as built and judged first; building one runs its code.
import { known } from "../arg.ts";
import { readOptions } from "../options.ts";
import type { Profile } from "../profile.ts";
import { settingOutcome, settingPairs } from "../supply/clients/config-setting.ts";
import { pipGrammar, pipWeakening, pythonInstall } from "../supply/clients/python-install.ts";
import { insertAfter, verbWords } from "../supply/clients/verb-words.ts";

const READ = new Set("freeze inspect list show check search cache index hash completion debug help".split(" "));

export const profile: Profile = {
  names: ["pip", "pip2", "pip3", "pip3.*", "pip-3.*"],
  summary: "installs Python distributions",
  judge: (call, on) => {
    const { globals, verb, name, rest } = verbWords(call.args, pipGrammar);
    if (verb === undefined) return on.fine();
    const before = call.args.slice(0, call.args.indexOf(verb));
    const options = readOptions([...before, ...rest], pipGrammar);
    if (globals.has("help") || options.has("help")) return on.fine();
    if (name === "install" || name === "download" || name === "wheel") {
      const built_only = options.values("only-binary").some(({ text }) => text.split(",").includes(":all:"));
      const edits = insertAfter(verb, "--only-binary :all:", on);
      return pythonInstall(on, {
        command: `pip ${name}`,
        scope: "add",
        options,
        words: readOptions(rest, pipGrammar).operands,
        built_only,
        edits,
      });
    }
    if (name === "uninstall") return on.effect("harmless.write", "remove packages of this environment");
    if (name === "config") {
      const [action, ...words] = readOptions(rest, pipGrammar).operands;
      const what = known(action) ?? "";
      if (what === "set")
        return on.join(
          ...settingPairs(words).map(([key, value]) => settingOutcome(on, key.replace(/^[\w-]+\./, ""), value)),
          on.fine(),
        );
      return /^(?:unset|edit)$/.test(what)
        ? on.effect("unknown.outside-write", "change pip's configuration")
        : on.fine();
    }
    if (READ.has(name))
      return on.join(name === "index" ? on.fine() : pipWeakening(on, readOptions(before, pipGrammar)), on.fine());
    return on.effect("unknown.option", `run \`pip ${name === "" ? "…" : name}\`, which is not known`);
  },
  matches: [
    { line: "pip install requests", decision: "ask", effect: "supply-chain.new-package" },
    { line: "pip install reqeusts", decision: "deny", effect: "supply-chain.lookalike" },
    { line: "pip3 install python-dateutils", decision: "deny", effect: "supply-chain.lookalike" },
    { line: "pip install -r requirements.txt", decision: "ask", effect: "supply-chain.new-package" },
    { line: "pip install git+https://example.com/someone/fork@main", decision: "deny", effect: "supply-chain.source" },
    { line: "pip install https://example.com/pkg-1.0.tar.gz", decision: "deny", effect: "supply-chain.source" },
    { line: "pip install 'x @ https://example.com/x.whl'", decision: "deny", effect: "supply-chain.source" },
    {
      line: "pip install --index-url http://index.example.net/simple requests",
      decision: "deny",
      effect: "supply-chain.source",
    },
    {
      line: "pip install --extra-index-url=https://index.example.net/simple internal-lib",
      decision: "deny",
      effect: "supply-chain.source",
    },
    {
      line: "pip install --trusted-host index.example.net requests",
      decision: "deny",
      effect: "supply-chain.protection-off",
    },
    { line: "pip install --no-binary :all: requests", decision: "deny", effect: "supply-chain.scripts-on" },
    {
      line: "PIP_INDEX_URL=http://index.example.net pip install requests",
      decision: "deny",
      effect: "supply-chain.protection-off",
    },
    { line: "pip install -e ../lib", decision: "ask", effect: "supply-chain.new-package" },
    { line: "pip install ./dist/app-1.0-py3-none-any.whl", decision: "ask", effect: "supply-chain.new-package" },
    { line: "pip install -r https://example.com/r.txt", decision: "deny", effect: "supply-chain.source" },
    {
      line: "pip config set global.index-url http://index.example.net",
      decision: "deny",
      effect: "supply-chain.source",
    },
    { line: "pip config set install.trusted-host x", decision: "deny", effect: "supply-chain.protection-off" },
    { line: "pip download requests", decision: "ask", effect: "supply-chain.new-package" },
    { line: "pip install --break-system-packages requests", decision: "ask", effect: "system.package" },
    { line: 'pip install "$PKG"', decision: "ask", effect: "supply-chain.new-package" },
    { line: "pip frobnicate", decision: "ask", effect: "unknown.option" },
  ],
  spares: [
    "pip show requests",
    "pip list --outdated",
    "pip freeze",
    "pip index versions requests",
    "pip check",
    "pip --version",
    "pip config list",
    "pip cache dir",
    "pip help install",
    "pip install --help",
  ],
};
