// Compilers, linkers and build generators: what they write counts, and the options by which they load or start something else.
import { type Arg, emptyStream, literal } from "../../arg.ts";
import type { Call, Evaluation, Outcome, Profile } from "../../profile.ts";
import { judgeTool, optionValues, type ProjectTool, toolTable } from "../_project-tool.ts";
import { isStdout, readFile } from "../_read-files.ts";
import { asksForHelp, shown } from "../_words.ts";

const native =
  "gcc g++ cc c++ clang clang++ cpp gfortran g77 gnat gdc ldc2 dmd ifort icc icpc icx nvcc hipcc emcc em++ musl-gcc tcc zig-cc ld ld.bfd ld.gold ld.lld lld mold gold as gas nasm yasm fasm llc lli opt llvm-link cl clang-cl flang xlc armcc avr-gcc arm-none-eabi-gcc arm-none-eabi-g++ riscv64-unknown-elf-gcc rustc".split(
    " ",
  );
const binutils =
  "nm objdump readelf size addr2line c++filt otool dwarfdump llvm-objdump llvm-nm llvm-readelf llvm-symbolizer dumpbin bloaty nm-new gprof gcov lcov genhtml gcovr llvm-cov llvm-profdata cscope ctags etags gtags global readtags elfls checksec pahole abidiff ranlib".split(
    " ",
  );
const caches = "ccache sccache distcc".split(" ");
const rewriters = "strip objcopy install_name_tool patchelf lipo".split(" ");

const builders = toolTable(
  {
    cmake: {
      writes: "B",
      acts: [
        [/(?:^|\s)-E\s+(?:rm|remove|remove_directory)\b/, "delete.code-api", "delete files"],
        [
          /(?:^|\s)(?:--install|--build\s.*--target\s+install)\b(?!.*--prefix)/,
          "system.write",
          "install files into the system",
        ],
      ],
    },
    ctest: { writes: "output-log output-junit O" },
    cpack: { writes: "B" },
    meson: {
      acts: [
        [/^install\b(?!.*--destdir)/, "system.write", "install files into the system"],
        [/^wrap (?:install|update)\b/, "supply-chain.new-package", "fetch packages"],
      ],
    },

    "pkg-config": {},
  },
  "cflow flatc thrift capnp msgfmt msgmerge msginit xgettext msgcat msgattrib autoconf autoreconf automake aclocal autoheader autoupdate libtool libtoolize pkgconf qmake moc uic rcc lrelease lupdate gyp gn premake5 samurai b2 bjam swig bison yacc flex lex ragel re2c gperf antlr antlr4 peg clang-format clang-tidy clangd cpplint cppcheck cppclean flawfinder splint iwyu include-what-you-use uncrustify astyle indent cmake-format cmake-lint gersemi doxygen gofmt goimports gofumpt golangci-lint staticcheck gopls govulncheck gosec errcheck revive gocyclo ineffassign gotestsum gotests mockgen stringer wire sqlc protoc-gen-go protoc-gen-go-grpc templ rustfmt clippy-driver rust-analyzer bindgen cbindgen wasm-bindgen wasm-opt wat2wasm wasm2wat wasm-objdump wasm-tools twiggy javac javadoc javap jdeps ktlint detekt scalac scalafmt scalafix scalastyle google-java-format checkstyle pmd spotbugs elm elm-test elm-format elm-review purs rescript bsc fourmolu ormolu hlint stylish-haskell brittany hoogle cabal-fmt ocamlformat ocamlc ocamlopt ocamlfind ocamldep merlin reason refmt fsc csc mcs vbc valac ghdl iverilog verilator yosys nextpnr vvp nimpretty swiftformat swiftlint swift-format sourcekit-lsp typst-fmt fpc lazbuild cobc gforth tree-sitter",
);

export const profile: Profile = {
  names: [...native, ...caches, ...binutils, ...rewriters, ...Object.keys(builders)],
  summary: "compiles, links and generates",
  judge: (call, on) => {
    if (asksForHelp(call.args)) return on.fine();
    const builder = builders[call.name];
    if (builder !== undefined) return built(call, on, builder);
    if (caches.includes(call.name)) return cached(call, on);
    if (binutils.includes(call.name)) return looked(call, on);
    return compiled(call, on);
  },
  matches: [
    { line: "gcc -fplugin=/tmp/x.so main.c", decision: "deny", effect: "code-injection.tool-exec" },
    { line: "gcc -wrapper sh,-c,id main.c", decision: "deny", effect: "code-injection.tool-exec" },
    { line: "gcc -o /usr/bin/x main.c", decision: "deny", effect: "system.write" },
    { line: "clang -Xclang -load -Xclang /tmp/x.so a.c", decision: "deny", effect: "code-injection.tool-exec" },
    { line: "rustc -C linker=/tmp/x main.rs", decision: "deny", effect: "code-injection.tool-exec" },
    { line: "cmake -E rm -rf src", decision: "deny", effect: "delete.code-api" },
    { line: "cmake -P /tmp/x.cmake", decision: "ask", effect: "unknown.script" },
    { line: "cmake --install build", decision: "deny", effect: "system.write" },
    { line: "ccache sudo id", decision: "deny", effect: "privilege.elevate" },
    { line: "strip /usr/bin/ls", decision: "deny", effect: "system.write" },
    { line: "gcc -E -P src/a.c -o x.sh; sh x.sh", decision: "deny", effect: "code-injection.created-run" },
    { line: "echo 'int main(){}' | gcc -x c - -o a && ./a", decision: "deny", effect: "code-injection.created-run" },
  ],
  spares: [
    "gcc -O2 -Wall -o app main.c && ./app",
    "clang++ -std=c++20 -c a.cpp -o build/a.o",
    "cmake -S . -B build -DCMAKE_BUILD_TYPE=Release",
    "cmake --build build --parallel",
    "ctest --test-dir build",
    "objdump -d app | head",
    "gofmt -l .",
    "golangci-lint run --fix",
    "rustc --version",
    "javac -d out src/A.java",
    "clang-format -i src/a.cpp",
    "ninja -C build",
  ],
};

// `ccache gcc …`: a wrapper of a compiler.
const cached = ({ args }: Call, on: Evaluation): Outcome =>
  args[0] === undefined || args[0].text.startsWith("-") ? on.fine() : on.run(args);

const loaders =
  /^-fplugin(?:=|$)|^-wrapper$|^-specs=|^--plugin(?:=|$)|^-plugin(?:-opt)?(?:=|$)|^-load$|^-(?:Xclang|mllvm)=?-load|^-fpass-plugin=|^-load-pass-plugin|^-Zcodegen-backend|^-fuse-ld=\/|^--ld-path=|^-B\/|^-no-canonical-prefixes=|^-dynamic-linker=/;

function compiled(call: Call, on: Evaluation): Outcome {
  const { args, name } = call;
  const bad = args.filter(
    ({ text }, index) =>
      loaders.test(text) ||
      (/^(?:linker|codegen-backend)=/.test(text) && /^(?:-C|--codegen|-Z)$/.test(args[index - 1]?.text ?? "")) ||
      /^-Clinker=|^-Zcodegen/.test(text) ||
      (name === "tcc" && /^-run/.test(text)),
  );
  const outputs = rewriters.includes(name) ? rewritten(args) : optionValues(args, ["o", "out-dir", "MF", "output"]);
  const inputs = args
    .filter(
      (arg, index) =>
        !arg.text.startsWith("-") &&
        !outputs.includes(arg) &&
        !/^-(?:o|x|I|L|l|D|include|isystem|MF|MT|target|arch|framework|C|Z)$/.test(args[index - 1]?.text ?? ""),
    )
    .filter(({ text }) => /\.\w+$/.test(text));
  const unread = on.filtered({ ...emptyStream, text: null, taints: new Set(["output"]) });
  const content = isProjectsOwn(call, on, inputs) ? emptyStream : unread;
  const written = outputs
    .filter((path) => !isStdout(path))
    .map((path) =>
      rewriters.includes(name)
        ? on.write(path, "overwrite")
        : on.join(on.write(path, "overwrite"), on.created(path, { content, copy_of: null })),
    );
  return on.join(
    ...bad.map((word) =>
      on.effect("code-injection.tool-exec", `have \`${name}\` load or start something by \`${shown(word)}\``),
    ),
    ...inputs.map((path) => readFile(on, path)),
    ...written,
    on.fine(),
  );
}

// A program made of the project's own sources is the project's own; text that is only passed on is not.
function isProjectsOwn({ name, args }: Call, on: Evaluation, inputs: readonly Arg[]): boolean {
  if (!/gcc$|g\+\+$|^(?:cc|c\+\+|clang(?:\+\+)?|rustc|gfortran|nvcc|tcc|ldc2|dmd)$/.test(name)) return false;
  if (args.some(({ text }) => /^-(?:E|S|M|MM|P|x|-?emit)\b|^-$/.test(text))) return false;
  return (
    inputs.length > 0 &&
    inputs.every((path) => {
      const { text, taints } = on.contents([path]);
      return (
        text === null &&
        !taints.has("network") &&
        !taints.has("decoded") &&
        on.places(path).every(({ inside }) => inside)
      );
    })
  );
}

function rewritten(args: readonly Arg[]): readonly Arg[] {
  const named = optionValues(args, ["o", "output"]);
  return named.length > 0 ? named : args.filter(({ text }) => !text.startsWith("-")).slice(-1);
}

function looked(call: Call, on: Evaluation): Outcome {
  const files = call.args.filter(({ text }) => !text.startsWith("-"));
  const written = optionValues(call.args, ["o", "f", "output-file", "output-directory"]).filter(
    ({ text }) => !/^\w{1,10}$/.test(text),
  );
  return on.join(
    ...files.map((path) => readFile(on, path)),
    ...written.map((path) => on.write(path, "overwrite")),
    on.fine(),
  );
}

function built(call: Call, on: Evaluation, tool: ProjectTool): Outcome {
  const scripts =
    call.name === "cmake"
      ? optionValues(call.args, ["P"])
      : call.name === "ctest"
        ? optionValues(call.args, ["S"])
        : [];
  const outside = scripts.filter((path) => {
    const { text, taints } = on.contents([path]);
    const made = text !== null || taints.has("network") || taints.has("decoded");
    return made || on.places(path).some(({ inside }) => !inside);
  });
  const commands = call.name === "cmake" && call.args[0]?.text === "-E" ? innerCommand(call, on) : [];
  const written =
    call.name === "javac" || call.name === "javadoc" || call.name === "scalac"
      ? optionValues(call.args, ["d", "s", "h"]).map((path) => on.write(path, "create"))
      : [];
  return on.join(
    judgeTool(call, on, tool),
    ...outside.map((path) => on.effect("unknown.script", `run the script \`${shown(path)}\``)),
    ...commands,
    ...written,
    on.fine(),
  );
}

// `cmake -E env A=b program`, `cmake -E time program`, `cmake -E copy a b`.
function innerCommand({ args }: Call, on: Evaluation): readonly Outcome[] {
  const [, verb, ...rest] = args;
  switch (verb?.text) {
    case "env":
    case "time":
      return [on.run(rest.filter(({ text }) => !/^(?:--|\w+=|--unset=\S*)/.test(text)))];
    case "copy":
    case "copy_if_different":
    case "copy_directory":
    case "rename":
    case "create_symlink":
    case "create_hardlink":
    case "touch":
    case "make_directory":
      return [on.run([literal(verbs[verb.text] ?? "cp"), ...rest.map((arg) => ({ ...arg, at: null }))])];
    default:
      return [];
  }
}

const verbs: Readonly<Record<string, string>> = {
  rename: "mv",
  touch: "touch",
  make_directory: "mkdir",
  create_symlink: "ln",
  create_hardlink: "ln",
};
