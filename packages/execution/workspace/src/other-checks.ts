// Checks of Python, Go, Rust and Make projects, from file names and literal lines only.
import type { FoundCheck } from "./check-words.ts";
import type { CheckSources } from "./check-sources.ts";

/** `pytest` where it is configured or named, `unittest` where there are tests for it. */
export function pythonChecks({ files, text }: CheckSources): readonly FoundCheck[] {
  const configured = files.has("pytest.ini") || files.has("conftest.py") || files.has("tests/conftest.py");
  const named =
    /^\[tool\.pytest\b/m.test(text("pyproject.toml") ?? "") ||
    /^\[tool:pytest\]/m.test(text("setup.cfg") ?? "") ||
    /^\[pytest\]/m.test(text("tox.ini") ?? "");
  const required = ["requirements.txt", "requirements-dev.txt", "pyproject.toml"].some((path) =>
    /(^|["'\s])pytest\b/m.test(text(path) ?? ""),
  );
  if (configured || named || required) return [test("pytest", ["python3", "-m", "pytest"], "pytest")];
  const tests = [...files.keys()].filter((path) => /(^|\/)test[^/]*\.py$/.test(path));
  if (tests.length === 0) return [];
  const root = ["tests", "test"].find(
    (folder) => tests.some((path) => path.startsWith(`${folder}/`)) && !files.has(`${folder}/__init__.py`),
  );
  const discover = root === undefined ? ["discover"] : ["discover", "-s", root];
  return [test("unittest", ["python3", "-m", "unittest", ...discover], "unittest")];
}

/** `go test` with its machine-readable output. */
export function goChecks({ files }: CheckSources): readonly FoundCheck[] {
  return files.has("go.mod") ? [test("go-test", ["go", "test", "-json", "./..."], "go-test")] : [];
}

/** `cargo test`, without a network. */
export function cargoChecks({ files }: CheckSources): readonly FoundCheck[] {
  if (!files.has("Cargo.toml")) return [];
  return [
    test("cargo-test", ["cargo", "test", "--offline", ...(files.has("Cargo.lock") ? ["--locked"] : [])], "cargo-test"),
  ];
}

/** `make test` where the Makefile that make would read has a literal `test` target. */
export function makeChecks({ files, text }: CheckSources): readonly FoundCheck[] {
  const read = ["GNUmakefile", "makefile", "Makefile"].find((path) => files.has(path));
  const target = /^test[ \t]*:(?![:=])/m.test(read === undefined ? "" : (text(read) ?? ""));
  return target ? [test("make-test", ["make", "test"], "exit")] : [];
}

function test(check_id: string, argv: readonly string[], summary_format: FoundCheck["summary_format"]): FoundCheck {
  return { check_id, kind: "test", argv, summary_format };
}
