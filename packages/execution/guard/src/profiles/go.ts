// go: fetching runs no code, so what is pinned passes; new modules, tools fetched to run, and weakened checks do not.
import { type Arg, emptyStream, known } from "../arg.ts";
import { grammar, readOptions, type Options } from "../options.ts";
import type { Call, Evaluation, Outcome, Profile } from "../profile.ts";
import { installOutcome, isInside } from "../supply/clients/client-install.ts";
import { settingPairs } from "../supply/clients/config-setting.ts";
import { verbWords } from "../supply/clients/verb-words.ts";
import { shownWord } from "../supply/specs/requirement.ts";

const options = grammar(
  "C= a n p= race msan asan cover covermode= coverpkg= v work x asmflags= buildmode= buildvcs=? compiler= gccgoflags= gcflags= installsuffix= json ldflags= linkshared mod= modcacherw modfile= overlay= pgo= pkgdir= tags= trimpath toolexec= o= i " +
    "bench= benchmem benchtime= blockprofile= blockprofilerate= count= coverprofile= cpu= cpuprofile= failfast fullpath fuzz= fuzztime= fuzzminimizetime= list=? memprofile= memprofilerate= mutexprofile= mutexprofilefraction= outputdir= parallel= run= short shuffle= skip= timeout= trace= vet= c exec= artifacts args " +
    "u=? t d insecure f= deps export find e test compiled m versions retracted reuse= changed w l s r= all cmd src unexported vettool= fix cache testcache modcache fuzzcache h,help require= droprequire= exclude= dropexclude= replace= dropreplace= go= toolchain= retract= tool=? droptool= godebug= print fmt module= compat= diff vendor which-go use= dropuse= modcache-all",
  { single: true },
);

export const profile: Profile = {
  names: ["go"],
  summary: "builds Go and fetches modules",
  judge: (call, on) => {
    const { verb, name, rest } = verbWords(call.args, options);
    if (verb === undefined) return on.fine();
    return judgeVerb(call, on, name, rest);
  },
  matches: [
    { line: "go get github.com/someone/lib", decision: "ask", effect: "supply-chain.new-package" },
    { line: "go get github.com/gorila/mux@v1.8.0", decision: "deny", effect: "supply-chain.lookalike" },
    { line: "go get -u ./...", decision: "ask", effect: "supply-chain.drift" },
    { line: "go install golang.org/x/tools/cmd/stringer@latest", decision: "ask", effect: "supply-chain.new-package" },
    { line: "go run github.com/someone/tool@latest", decision: "ask", effect: "supply-chain.run-remote" },
    { line: "go env -w GOSUMDB=off", decision: "deny", effect: "supply-chain.protection-off" },
    { line: "go env -w GOPROXY=http://proxy.example.net", decision: "deny", effect: "supply-chain.source" },
    { line: "GOSUMDB=off go get example.com/x", decision: "deny", effect: "supply-chain.protection-off" },
    { line: "GOFLAGS=-insecure go get example.com/x", decision: "ask", effect: "supply-chain.new-package" },
    { line: "go build -toolexec /tmp/x ./...", decision: "deny", effect: "code-injection.tool-exec" },
    { line: "go test -exec 'sudo id' ./...", decision: "deny", effect: "privilege.elevate" },
    { line: "go get -insecure example.com/x", decision: "deny", effect: "supply-chain.protection-off" },
    { line: "go mod edit -replace example.com/a=../evil", decision: "ask", effect: "supply-chain.new-package" },
    { line: "go mod tidy", decision: "ask", effect: "supply-chain.drift" },
    { line: "go frobnicate", decision: "ask", effect: "unknown.option" },
  ],
  spares: [
    "go test ./... -race",
    "go list -m all",
    "go build -o dist/app ./cmd/app",
    "go build -o dist/app ./cmd/app && ./dist/app --version",
    "go run . --flag",
    "go run ./cmd/app",
    "go vet ./...",
    "go fmt ./...",
    "go env GOPATH",
    "go version",
    "go mod graph",
    "go mod download",
    "go mod verify",
    "go install ./...",
    "go doc fmt.Println",
    "go generate ./...",
    "go tool pprof -http=:0 cpu.out",
    "go mod init example.com/x",
    "go work sync",
    "go test -run TestRm -count=1 ./...",
  ],
};

function judgeVerb(call: Call, on: Evaluation, name: string, rest: readonly Arg[]): Outcome {
  const posix = readOptions(rest, { ...options, posix: name === "run" || name === "tool" });
  const given = posix;
  const [first, ...others] = posix.operands;
  const weak = weakening(on, given);
  switch (name) {
    case "get":
      return on.join(weak, got(on, given));
    case "install":
      return on.join(
        weak,
        posix.operands.some(({ text }) => text.includes("@")) || given.uncertain.length > 0
          ? fetched(on, posix.operands, "global", "go install")
          : on.fine(),
      );
    case "run":
      return on.join(
        weak,
        first !== undefined && /@/.test(first.text)
          ? fetched(on, [first], "run", "go run")
          : first !== undefined && known(first) === undefined
            ? on.effect("unknown.script", "run a package that is only known when it runs")
            : on.fine(),
        foreign(on, first),
      );
    case "mod":
      return on.join(weak, modules(on, known(first) ?? "", given, others));
    case "env":
      return env(on, given);
    case "build":
      return on.join(weak, written(on, given), program(on, given));
    case "test":
    case "vet":
      return on.join(weak, written(on, given));
    case "work":
    case "fmt":
    case "fix":
    case "generate":
    case "clean":
      return on.join(weak, on.effect("harmless.write", `run \`go ${name}\``));
    case "list":
    case "doc":
    case "version":
    case "help":
    case "bug":
    case "telemetry":
      return on.join(weak, on.fine());
    case "tool":
      return first !== undefined && /@/.test(first.text)
        ? fetched(on, [first], "run", "go tool")
        : on.join(weak, on.fine());
    default:
      return on.effect("unknown.option", `run \`${call.name} ${name === "" ? "…" : name}\`, which is not known`);
  }
}

function fetched(on: Evaluation, words: readonly Arg[], scope: "add" | "global" | "run", command: string): Outcome {
  return installOutcome(on, { ecosystem: "Go", command, scope, words, scripts: "off", locks: ["go.sum"] });
}

function got(on: Evaluation, given: Options): Outcome {
  const words = given.operands.filter(({ text }) => !/^\.{1,2}(?:\/|$)/.test(text));
  const drift = given.has("u")
    ? [on.effect("supply-chain.drift", "change many pinned modules at once by `go get -u`")]
    : [];
  const judged = words.length === 0 ? on.fine() : withoutClean(on, fetched(on, words, "add", "go get"));
  return on.join(judged, ...drift);
}

// `go get x@none` and pins of go.sum are no question; the rest is.
const withoutClean = (on: Evaluation, outcome: Outcome): Outcome => (outcome.effects.length > 0 ? outcome : on.fine());

function modules(on: Evaluation, action: string, given: Options, words: readonly Arg[]): Outcome {
  switch (action) {
    case "tidy":
      return given.has("diff") ? on.fine() : on.effect("supply-chain.drift", "add and drop modules by `go mod tidy`");
    case "edit": {
      const replaced = given.values("replace").filter(({ text }) => !/=\.\/(?!.*\.\.)/.test(text));
      const required = given.values("require");
      return on.join(
        replaced.length > 0
          ? on.effect(
              "supply-chain.new-package",
              `take a module from \`${shownWord(replaced[0]?.text ?? "")}\` instead`,
            )
          : on.fine(),
        required.length > 0 ? fetched(on, required, "add", "go mod edit") : on.fine(),
      );
    }
    case "download":
      return words.some(({ text }) => text.includes("@"))
        ? fetched(on, words, "add", "go mod download")
        : installOutcome(on, {
            ecosystem: "Go",
            command: "go mod download",
            scope: "lockfile",
            frozen: true,
            scripts: "off",
            locks: ["go.sum"],
          });
    case "init":
    case "vendor":
      return on.effect("harmless.write", `run \`go mod ${action}\``);
    case "graph":
    case "verify":
    case "why":
    case "help":
    case "":
      return on.fine();
    default:
      return on.effect("unknown.option", `run \`go mod ${action}\``);
  }
}

const PROTECT = /^(?:GOSUMDB|GONOSUMDB|GONOSUMCHECK|GOINSECURE|GOPRIVATE|GOFLAGS|GOAUTH|GOVCS)$/;

function env(on: Evaluation, given: Options): Outcome {
  if (!given.has("w") && !given.has("u")) return on.fine();
  return on.join(
    ...settingPairs(given.operands).map(([key, value]) => {
      const text = value?.text ?? "";
      if (key === "GOPROXY" || key === "GONOPROXY")
        return on.effect("supply-chain.source", `fetch modules from \`${shownWord(text)}\` from now on`);
      if (PROTECT.test(key)) return on.effect("supply-chain.protection-off", `weaken \`${key}\` for good`);
      if (/^(?:CC|CXX|AR|GOROOT|GOTOOLDIR|GOTOOLCHAIN|GOBIN|GOPATH|GOENV|PKG_CONFIG|CGO_.*)$/.test(key))
        return on.effect("code-injection.config", `have go run \`${shownWord(text)}\` from now on`);
      return on.effect("unknown.outside-write", `change \`${shownWord(key)}\` in go's configuration`);
    }),
    on.fine(),
  );
}

function weakening(on: Evaluation, given: Options): Outcome {
  const tools = ["toolexec", "vettool", "overlay", "modfile"].flatMap((name) =>
    given
      .values(name)
      .filter((value) => name === "toolexec" || !isInside(on, value))
      .map(({ text }) => on.effect("code-injection.tool-exec", `have go run or read \`${shownWord(text)}\``)),
  );
  const runners = given.values("exec").map((value) => on.script(value));
  const flags = [...given.values("ldflags"), ...given.values("gcflags"), ...given.values("asmflags")]
    .filter(({ text }) => /-extld[= ]|-fplugin|-toolexec/.test(text))
    .map(({ text }) => on.effect("code-injection.tool-exec", `have the linker run \`${shownWord(text)}\``));
  const insecure = given.has("insecure")
    ? [on.effect("supply-chain.protection-off", "fetch modules without a check by `-insecure`")]
    : [];
  const where = given.value("C");
  const elsewhere =
    where !== undefined && !isInside(on, where)
      ? [on.effect("unknown.script", "build a project outside the workspace")]
      : [];
  return on.join(...tools, ...runners, ...flags, ...insecure, ...elsewhere, on.fine());
}

const foreign = (on: Evaluation, word: Arg | undefined): Outcome =>
  word !== undefined && /^[./~]/.test(word.text) && !isInside(on, word)
    ? on.effect("unknown.script", `run the program at \`${shownWord(word.text)}\`, outside the workspace`)
    : on.fine();

// A program made of the project's own packages is the project's own, as `go run` of them is.
function program(on: Evaluation, given: Options): Outcome {
  const sources = given.operands.filter(({ text }) => text !== "./...");
  const own = sources.every((word) => known(word) !== undefined && /^\./.test(word.text) && isInside(on, word));
  if (!own || given.has("toolexec", "overlay", "modfile", "C")) return on.fine();
  return on.join(
    ...given.values("o").map((file) => on.created(file, { content: emptyStream, copy_of: null })),
    on.fine(),
  );
}

function written(on: Evaluation, given: Options): Outcome {
  const files = ["o", "coverprofile", "cpuprofile", "memprofile", "blockprofile", "mutexprofile", "trace"].flatMap(
    (name) => given.values(name),
  );
  return on.join(...files.map((file) => on.write(file, "create")), on.fine());
}
