// What a path is, judged by its name alone: a test, source code, a lockfile, a definition of a check. Several sensors and
// the judgement of checks read the same lists. Names are matched without regard to case.
import { compileGlob } from "@ces/kernel";

const matcher = (globs: readonly string[]): ((path: string) => boolean) => {
  const tests = globs.map((glob) => compileGlob(glob).test);
  return (path) => {
    const folded = path.toLowerCase();
    return tests.some((test) => test(folded));
  };
};

/** Tests, fixtures and snapshots. */
export const isTestPath = matcher([
  "**/{test,tests,__tests__,spec,specs,__mocks__,fixtures,__fixtures__,testdata,__snapshots__,e2e}/**",
  "**/*{.,_,-}{test,spec}.*",
  "**/test_*.py",
  "**/*_test.{go,py,rb}",
  "**/conftest.py",
]);

/** Documentation and examples. */
export const isDocumentPath = matcher(["**/*.{md,mdx,rst,adoc,txt}", "**/{docs,doc,examples,example}/**"]);

/** Lockfiles of package managers. */
export const isLockfile = matcher([
  "**/{package-lock.json,npm-shrinkwrap.json,yarn.lock,pnpm-lock.yaml,bun.lock,bun.lockb,deno.lock,poetry.lock,uv.lock,pdm.lock,pipfile.lock,cargo.lock,go.sum,gemfile.lock,composer.lock,mix.lock,flake.lock}",
]);

/** Programming languages in which an unquoted value is an expression, not a text. */
export const isSourceCode = matcher([
  "**/*.{js,mjs,cjs,jsx,ts,mts,cts,tsx,py,pyi,rb,go,rs,java,kt,kts,scala,cs,php,swift,c,h,cc,cpp,hpp,vue,svelte,lua,ex,exs,dart}",
]);

/** Generated or compressed files, in which random-looking text is ordinary. */
export const isGenerated = matcher([
  "**/*.{map,svg,snap,woff,woff2,png,jpg,jpeg,gif,ico,pdf,wasm}",
  "**/*.min.{js,css}",
  "**/{dist,vendor}/**",
]);

/**
 * Files that decide what a check does, besides tests: scripts, runner and compiler configuration, hooks that a runner loads by name.
 * One that is *added* changes the meaning of a check as much as one that is edited (`GNUmakefile` beats `Makefile`, S12).
 */
export const isCheckDefinition = matcher([
  "**/{package.json,.npmrc,.yarnrc,.yarnrc.yml,.pnpmfile.cjs,pnpm-workspace.yaml,bunfig.toml,deno.json,deno.jsonc,lerna.json,nx.json,turbo.json}",
  "**/{vite,vitest,jest,playwright,cypress,karma,ava,babel,webpack,rollup,eslint,prettier,biome,tsup,c8,nyc}.{config,workspace,setup}.*",
  "**/{vitest.workspace,jest.setup,karma.conf,ava.config,wallaby}.{js,ts,mjs,cjs}",
  "**/.{mocharc,nycrc,c8rc,taprc,babelrc,swcrc,eslintrc,prettierrc}",
  "**/.{mocharc,nycrc,c8rc,babelrc,swcrc,eslintrc,prettierrc}.*",
  "**/{tsconfig,jsconfig}.json",
  "**/{tsconfig,jsconfig}.*.json",
  "**/{makefile,gnumakefile,justfile,rakefile,taskfile.yml,tox.ini,noxfile.py,pytest.ini,.pytest.ini,setup.cfg,setup.py,pyproject.toml,conftest.py,sitecustomize.py,usercustomize.py,.coveragerc,mypy.ini,ruff.toml,.ruff.toml}",
  "**/*.{mk,pth}",
  "**/{go.mod,go.work,cargo.toml,build.rs,rust-toolchain,rust-toolchain.toml,build.gradle,build.gradle.kts,settings.gradle,pom.xml,gemfile,.rspec,phpunit.xml,composer.json,mix.exs}",
  "**/.cargo/**",
  "{.github,.gitlab,.circleci,.ci}/**",
  "**/{.env,.envrc,.nvmrc,.node-version,.tool-versions,.gitattributes}",
  "**/node_modules/**",
]);
