// cargo: fetching new crates is asked, because their build scripts run at the next build; building what is pinned is allowed.
import { type Arg, known, literal } from "../arg.ts";
import { grammar, readOptions, type Options } from "../options.ts";
import type { Call, Evaluation, Outcome, Profile } from "../profile.ts";
import { installOutcome, isInside } from "../supply/clients/client-install.ts";
import { verbWords } from "../supply/clients/verb-words.ts";
import { meaningOf } from "../rule.ts";
import { shownWord } from "../supply/specs/requirement.ts";
import { fromElsewhere, type Requirement } from "../supply/specs/requirement.ts";

const options = grammar(
  "h,help V,version list explain= v,vv,verbose q,quiet color= C= config= Z= locked offline frozen p,package= workspace exclude= all lib bin= bins example= examples test= tests bench= benches all-targets F,features= all-features no-default-features r,release profile= " +
    "target= target-dir= artifact-dir= manifest-path= lockfile-path= ignore-rust-version message-format= build-plan unit-graph future-incompat-report timings=? j,jobs= keep-going no-run no-fail-fast doc no-deps document-private-items open allow-dirty allow-staged allow-no-vcs broken-code edition edition-idioms fix " +
    "dev build optional no-optional rename= dry-run n index= registry= git= branch= tag= rev= path= base= public no-public default-features root= f,force no-track vers= version-req= debug precise= recursive aggressive w,workspace-only breaking e,edges= i,invert= prune= depth= prefix= no-dedupe d,duplicates charset= format= limit= token= no-verify emit=? " +
    "undo a,add remove l,list-owners vcs= name= bin-crate check format-version= filter-platform= no-indent versioned-dirs sync= respect-source-config all-crates doc-only clippy s,shell= x,exec= watch= ignore= why clear nocapture E= partition= run-ignored= retries= test-threads= no-capture hide-progress-bar lcov html output-path=",
  {},
);
const set = (text: string): ReadonlySet<string> => new Set(text.split(" "));
const BUILD = set(
  "build b check c test t run r bench doc d rustc rustdoc clippy fix nextest llvm-cov expand tarpaulin hack miri llvm-lines asm bloat flamegraph insta mutants semver-checks udeps machete criterion build-std zigbuild ndk xtask make dev leptos tauri wasi component generate-rpm auditable careful geiger",
);
const READ = set(
  "tree metadata search info version help locate-project pkgid verify-project read-manifest report fmt audit deny outdated config login-status about cyclonedx msrv sort spellcheck",
);
const WRITE = set("new init package vendor remove rm clean sqlx");

export const profile: Profile = {
  names: ["cargo"],
  summary: "builds Rust and fetches crates",
  judge: (call, on) => {
    const args = /^\+/.test(call.args[0]?.text ?? "") ? call.args.slice(1) : call.args;
    const { verb, name, rest, globals } = verbWords(args, options);
    const before = verb === undefined ? args : args.slice(0, args.indexOf(verb));
    if (verb === undefined || globals.has("help")) return on.join(configured(on, globals), on.fine());
    return judgeVerb(call, on, { name, rest, before });
  },
  matches: [
    { line: "cargo add serde", decision: "ask", effect: "supply-chain.new-package" },
    { line: "cargo add serdee", decision: "deny", effect: "supply-chain.lookalike" },
    { line: "cargo add x --git https://example.com/x", decision: "deny", effect: "supply-chain.source" },
    { line: "cargo add --registry other x", decision: "deny", effect: "supply-chain.source" },
    { line: "cargo install ripgrep", decision: "ask", effect: "supply-chain.new-package" },
    { line: "cargo install --git https://example.com/x", decision: "deny", effect: "supply-chain.source" },
    { line: "cargo watch -- sudo id", decision: "deny", effect: "privilege.elevate" },
    { line: "cargo update", decision: "ask", effect: "supply-chain.drift" },
    { line: "cargo publish", decision: "ask", effect: "infra.publish" },
    { line: "cargo yank --version 1.0.0 x", decision: "ask", effect: "infra.publish" },
    { line: "cargo owner --add someone x", decision: "ask", effect: "infra.admin" },
    { line: "cargo login", decision: "ask", effect: "infra.admin" },
    { line: "cargo build --config build.rustc-wrapper='/tmp/x'", decision: "deny", effect: "code-injection.config" },
    { line: "cargo watch -x test -s 'sudo id'", decision: "deny", effect: "privilege.elevate" },
    { line: "cargo binstall x", decision: "ask", effect: "supply-chain.new-package" },
    { line: "cargo frobnicate", decision: "ask", effect: "unknown.option" },
  ],
  spares: [
    "cargo build --release",
    "cargo clippy -- -D warnings",
    "cargo run -- --help",
    "cargo check --all-targets",
    "cargo test rm_rf",
    "cargo test -- --exact guard::denies_curl_pipe_bash",
    "cargo search serde",
    "cargo tree",
    "cargo fmt --check",
    "cargo --version",
    "cargo +nightly test",
    "cargo metadata --format-version 1",
    "cargo nextest run",
    "cargo clean",
    "cargo doc --open",
    "cargo watch -x check",
    "cargo publish --dry-run",
  ],
};

interface Verb {
  readonly name: string;
  readonly rest: readonly Arg[];
  readonly before: readonly Arg[];
}

function judgeVerb(call: Call, on: Evaluation, { name, rest, before }: Verb): Outcome {
  const own = rest.slice(
    0,
    rest.findIndex(({ text }) => text === "--") === -1 ? undefined : rest.findIndex(({ text }) => text === "--"),
  );
  const given = readOptions([...before, ...own], options);
  const words = readOptions(own, options).operands;
  const set = configured(on, given);
  if (given.has("help")) return on.fine();
  switch (name) {
    case "add":
      return on.join(set, added(on, given, words, "add"));
    case "install":
    case "binstall":
      return given.has("list") ? on.fine() : on.join(set, added(on, given, words, "global"));
    case "update":
    case "upgrade":
    case "generate-lockfile":
      return given.has("dry-run")
        ? on.fine()
        : on.effect("supply-chain.drift", `change many pinned crates at once by \`cargo ${name}\``);
    case "fetch":
      return on.join(set, built(on, given));
    case "publish":
    case "yank":
    case "release":
      return name === "publish" && given.has("dry-run")
        ? on.fine()
        : on.effect("infra.publish", `change what the registry serves by \`cargo ${name}\``);
    case "owner":
    case "login":
    case "logout":
      return name === "owner" && given.has("list")
        ? on.fine()
        : on.effect("infra.admin", `change an account or rights at the registry by \`cargo ${name}\``);
    case "uninstall":
      return on.effect("harmless.write", "remove a program that cargo installed");
    case "watch":
      return on.join(
        ...given.values("shell").map((text) => on.script(text)),
        ...given.values("exec").map((text) => on.script(literal(`cargo ${text.text}`))),
        rest.length > own.length ? on.run(rest.slice(own.length + 1)) : on.fine(),
      );
    default:
      if (BUILD.has(name)) return on.join(set, built(on, given), outside(on, given));
      if (READ.has(name)) return on.join(set, on.fine());
      if (WRITE.has(name))
        return on.join(set, outside(on, given), on.effect("harmless.write", `run \`cargo ${name}\``));
      return on.effect("unknown.option", `run \`${call.name} ${name === "" ? "…" : name}\`, which is not known`);
  }
}

function added(on: Evaluation, given: Options, words: readonly Arg[], scope: "add" | "global"): Outcome {
  const elsewhere = ["git", "path"].flatMap((option) =>
    given
      .values(option)
      .map((value): Requirement =>
        fromElsewhere(
          "crates.io",
          `--${option} ${value.text}`,
          null,
          option === "git"
            ? { kind: "git", at: shownWord(value.text) }
            : { kind: "file", at: value.text, folder: true },
        ),
      ),
  );
  const registry = given.has("registry", "index")
    ? [on.effect("supply-chain.source", "take crates from another registry")]
    : [];
  const judged = installOutcome(on, {
    ecosystem: "crates.io",
    command: "cargo add",
    scope,
    words: elsewhere.length > 0 ? [] : words,
    requested: elsewhere,
    unknown_words: given.uncertain.length > 0,
    scripts: "never",
    locks: ["Cargo.lock"],
    dir: undefined,
  });
  return on.join(judged, ...registry);
}

// A build runs build scripts of what is pinned: only what is refused outright is said.
function built(on: Evaluation, given: Options): Outcome {
  const judged = installOutcome(on, {
    ecosystem: "crates.io",
    command: "cargo build",
    scope: "lockfile",
    frozen: true,
    scripts: "off",
    locks: ["Cargo.lock"],
    dir: given.value("C"),
  });
  const effects = judged.effects.filter(
    ({ kind }) =>
      kind === "supply-chain.malicious" || (kind === "unknown.fault" && meaningOf(kind).decision === "deny"),
  );
  return { ...on.fine(), effects };
}

function outside(on: Evaluation, given: Options): Outcome {
  const places = [given.value("manifest-path"), given.value("C")].filter((place) => place !== undefined);
  const foreign = places
    .filter((place) => !isInside(on, place))
    .map(({ text }) =>
      on.effect("unknown.script", `build the project at \`${shownWord(text)}\`, outside the workspace`),
    );
  const written = [given.value("target-dir"), given.value("artifact-dir"), given.value("root")]
    .filter((place) => place !== undefined)
    .filter((place) => !isInside(on, place));
  return on.join(
    ...foreign,
    ...written.map(({ text }) => on.effect("unknown.outside-write", `write to \`${shownWord(text)}\``)),
    on.fine(),
  );
}

// `--config KEY=VALUE` reaches every setting: programs that stand in for the compiler or the runner among them.
function configured(on: Evaluation, given: Options): Outcome {
  const values = given.values("config").map((value) => known(value) ?? "\0");
  const odd = values.filter(
    (text) =>
      !/^(?:net|term|profile|build\.(?:jobs|target|target-dir|incremental|rustflags))[.\w"'-]*\s*=/.test(text) ||
      /linker|wrapper/.test(text),
  );
  return on.join(
    ...odd.map((text) =>
      /source|registr|patch/.test(text)
        ? on.effect("supply-chain.source", `take crates from elsewhere by \`--config ${shownWord(text)}\``)
        : on.effect(
            "code-injection.config",
            `have cargo run or read something else by \`--config ${shownWord(text)}\``,
          ),
    ),
    on.fine(),
  );
}
