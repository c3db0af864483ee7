// Variables that make programs load, run or trust something: set for one call or for the whole line.
import { type Arg, HOLE, isKnown } from "../arg.ts";
import type { EffectKind } from "../effect-kinds.ts";
import { foldPath, lastName } from "../paths/fold-path.ts";
import { isOpenDir, isToolDir } from "./identity.ts";
import { zoneOf } from "../paths/zones.ts";
import type { Call } from "../profile.ts";
import { isDangerousName } from "./profile-book.ts";
import { add, type Run } from "./run.ts";
import type { Shell } from "./shell.ts";
import type { Walker } from "./walker.ts";

const always: readonly RegExp[] = [
  /^LD_(?:PRELOAD|LIBRARY_PATH|AUDIT|DEBUG_OUTPUT|PROFILE)$/,
  /^DYLD_/,
  /^(?:BASH_ENV|ENV|PROMPT_COMMAND|BASHOPTS|SHELLOPTS|BASH_FUNC_.*|PYTHONSTARTUP|PYTHONINSPECT|PYTHONBREAKPOINT|PYTHONHOME|PERL5OPT|PERL5DB|PERL5LIB|PERLLIB|RUBYOPT|RUBYLIB|JAVA_TOOL_OPTIONS|_JAVA_OPTIONS|JDK_JAVA_OPTIONS|CLASSPATH|LESSOPEN|LESSCLOSE|GCONV_PATH|NLSPATH|HOSTALIASES|GLIBC_TUNABLES|LUA_INIT.*|R_PROFILE(?:_USER)?|RPROFILE|PHPRC|PHP_INI_SCAN_DIR|TCLLIBPATH|CARGO_BUILD_RUSTC_WRAPPER|RUSTC_WRAPPER|RUSTC_WORKSPACE_WRAPPER|NODE_PATH|DOTNET_STARTUP_HOOKS|CORECLR_PROFILER.*|TAR_OPTIONS|RSYNC_RSH|RSYNC_CONNECT_PROG|VIMINIT|GVIMINIT|EXINIT|MYVIMRC|OPENSSL_(?:CONF|MODULES|ENGINES)|ZDOTDIR|WGETRC|CURL_HOME|CONFIG_SHELL|MAKEFLAGS|GNUMAKEFLAGS|MFLAGS)$/,
  /^GIT_(?:CONFIG_(?:COUNT|KEY_\d+|VALUE_\d+|GLOBAL|SYSTEM|PARAMETERS)|SSH(?:_COMMAND)?|ASKPASS|EXTERNAL_DIFF|PROXY_COMMAND|EXEC_PATH|TEMPLATE_DIR|ALTERNATE_OBJECT_DIRECTORIES|OBJECT_DIRECTORY)$/,
  /^SUDO_ASKPASS$|^SSH_ASKPASS$/,
];

// Harmless when empty or a plain program that only shows or refuses.
const plainPrograms = /^(?:|cat|less(?: -[FRSXi]+)?|more|true|false|:|vi|vim|nano|emacs|code(?: --wait)?|ed)$/;
const pagers =
  /^(?:PAGER|MANPAGER|GIT_PAGER|GH_PAGER|AWS_PAGER|BAT_PAGER|DELTA_PAGER|EDITOR|VISUAL|GIT_EDITOR|GIT_SEQUENCE_EDITOR|FCEDIT|SUDO_EDITOR|BROWSER|KUBE_EDITOR|LESSEDIT)$/;

const guardOff =
  /^(?:(?:[A-Z0-9]+_)*GUARD(?:_[A-Z0-9_]*)?|DCG_BYPASS|CES_(?!LOG_|DEMO_MODE$|SESSION_ID$|COMMAND_ID$)[A-Z0-9_]+|(?:CC_)?SAFETY_NET_[A-Z_]+|SAFE_CHAIN_[A-Z_]+)$/;

/** The effect of giving `name` this value; null when there is none. */
export function environmentEffect(
  name: string,
  value: Arg,
): { readonly kind: EffectKind; readonly what: string } | null {
  const shown = `set \`${name}\``;
  if (guardOff.test(name)) return { kind: "self-protect.environment", what: shown };
  if (always.some((one) => one.test(name)))
    return isKnown(value) && /^(?:|\/dev\/null|ssh)$/.test(value.text)
      ? null
      : { kind: "code-injection.environment", what: shown };
  if (pagers.test(name))
    return isKnown(value) && plainPrograms.test(value.text.trim())
      ? null
      : { kind: "code-injection.environment", what: shown };
  return valued(name, value, shown);
}

function valued(name: string, value: Arg, what: string): { readonly kind: EffectKind; readonly what: string } | null {
  const { text } = value;
  const unknown = text.includes(HOLE);
  const inject = { kind: "code-injection.environment", what } as const;
  if (name === "NODE_OPTIONS")
    return unknown ||
      /(?:^|\s)(?:-r|--require|--import|--loader|--experimental-loader|--inspect|-e|--eval|--env-file)/.test(text)
      ? inject
      : null;
  if (name === "PYTHONPATH")
    return unknown || /(?:^|:)\/?(?:tmp|var\/tmp|dev\/shm)(?:\/|:|$)|^\//.test(text) ? inject : null;
  // `LESS='+!id'`: what follows a plus is typed into the pager.
  if (name === "LESS")
    return unknown || /(?:^|\s|[a-zA-Z])\+|(?:^|\s)-+(?:lesskey|[a-zA-Z]*k)/.test(text) ? inject : null;
  if (name === "PS4" || name === "PS1" || name === "PS0") return /\$\(|`/.test(text) ? inject : null;
  if (/^(?:MAVEN|GRADLE|SBT|JAVA|ANT|LEIN_JVM|JVM|CATALINA|KOTLIN)_OPTS$|^JAVA_ARGS$/.test(name))
    return /-javaagent|-agent(?:path|lib)|bootclasspath|OnError|OnOutOfMemoryError|^@|\s@/.test(text) ? inject : null;
  if (
    /^(?:CC|CXX|CPP|LD|AR|AS|FC|RANLIB|HOSTCC|RUSTC|RUSTDOC|CARGO|SHELL|MAKE|NODE|PYTHON|NPM_EXECPATH|npm_execpath)$/.test(
      name,
    )
  )
    return /^\s*(?:\.{1,2}|~|\/(?:tmp|var\/tmp|dev\/shm|home|root|proc))\//.test(text) ? inject : null;
  if (name === "RUSTFLAGS" || name === "GOFLAGS" || name === "CFLAGS" || name === "LDFLAGS")
    return /-toolexec|linker=|-fplugin|-wrapper|-B\s*\//.test(text) ? inject : null;
  if (name === "npm_config_ignore_scripts" || name === "NPM_CONFIG_IGNORE_SCRIPTS" || name === "YARN_ENABLE_SCRIPTS")
    return (name === "YARN_ENABLE_SCRIPTS" ? /^(?:1|true)$/i : /^(?:0|false|no|)$/i).test(text) || unknown
      ? { kind: "supply-chain.scripts-on", what }
      : null;
  if (
    /^npm_config_(?:script_shell|node_options|prefix|userconfig|globalconfig|git|shell|editor|init_module|onload_script)$/i.test(
      name,
    )
  )
    return inject;
  if (
    /^(?:npm_config_(?:registry|@.*|strict_ssl|allow_.*|dangerously.*)|pnpm_config_.*|PIP_(?:INDEX_URL|EXTRA_INDEX_URL|TRUSTED_HOST|FIND_LINKS|NO_BINARY|CONFIG_FILE|CERT)|UV_(?:INDEX.*|DEFAULT_INDEX|EXTRA_INDEX_URL|INSECURE_HOST|FIND_LINKS|NO_VERIFY.*)|YARN_(?:NPM_REGISTRY_SERVER|RC_FILENAME|YARN_PATH|PLUGINS|UNSAFE.*)|BUN_CONFIG_REGISTRY|CARGO_(?:REGISTRIES_.*|REGISTRY_.*|SOURCE_.*|HTTP_CHECK_REVOKE|HOME)|GOPROXY|GONOSUMDB|GONOSUMCHECK|GOINSECURE|GOPRIVATE|GONOPROXY|GOSUMDB|GIT_SSL_NO_VERIFY|NODE_TLS_REJECT_UNAUTHORIZED|COMPOSER_(?:HOME|DISABLE_TLS)|BUNDLE_.*)$/i.test(
      name,
    )
  )
    return { kind: "supply-chain.protection-off", what };
  return null;
}

/** Records what setting a variable means; `PATH` changes where programs are found. */
export function setVariable(walk: Walker, shell: Shell, name: string, value: Arg): void {
  const effect = environmentEffect(name, value);
  if (effect !== null) add(walk.into, effect.kind, effect.what);
  if (name === "PATH") changePath(walk, shell, value);
  if ((name === "HOME" || name === "XDG_CONFIG_HOME") && bringsSettings(walk, shell, value))
    add(walk.into, "code-injection.environment", `set \`${name}\` to a place whose settings make programs run others`);
}

const trashPlaces = ["HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"];

/** SECURITY: `XDG_DATA_HOME=/tmp/x ces trash put src; rm -rf /tmp/x`: what is trashed elsewhere is in nobody's journal and may be deleted. */
export function movesTrash(walk: Walker, shell: Shell, { name, args, env }: Pick<Call, "name" | "args" | "env">): void {
  if (!walk.run.setting.own_names.includes(name)) return;
  const verb = args.find(({ text }) => !text.startsWith("-"));
  if (verb !== undefined && isKnown(verb) && verb.text !== "trash" && verb.text !== "undo") return;
  const moved = trashPlaces.find((place) => env.has(place) || shell.vars.has(place));
  if (moved !== undefined)
    add(walk.into, "self-protect.environment", `set \`${moved}\` for \`${name}\`, whose trash would be another`);
}

// SECURITY: what a program of the line starts is looked up there as well: `PATH=/tmp/bin:$PATH npm test` runs the `git` of that folder.
function changePath(walk: Walker, shell: Shell, value: Arg): void {
  const { run } = walk;
  const dirs = pathOf(walk, shell, value);
  searchToo(run, dirs);
  if (dirs === "unknown") return;
  const early = dirs.slice(
    0,
    dirs.findLastIndex((dir) => run.setting.path.includes(dir)),
  );
  for (const dir of dirs.filter((one) => !run.setting.path.includes(one) && isOpenDir(run, one) && !isToolDir(one))) {
    if (early.includes(dir) && isForAnyone(run, dir))
      add(walk.into, "bypass.shadowed-name", `look for programs in \`${dir}\` first, which anyone may fill`);
    const made = [...run.created.keys()].filter((path) => path.startsWith(`${dir}/`)).map(lastName);
    const hidden = [...(run.facts.list(dir, 2000) ?? []), ...made].find((name) => isDangerousName(name));
    if (hidden !== undefined)
      add(walk.into, "bypass.shadowed-name", `look for programs in \`${dir}\`, where another \`${hidden}\` stands`);
  }
}

// A place below `/tmp` that is not there to be looked into: whoever makes it says what `git` is.
const isForAnyone = (run: Run, dir: string): boolean =>
  zoneOf(foldPath(dir, "/"), run.setting) === "temporary" && run.facts.list(dir, 1) === undefined;

// Files in a home that say what git, shells and clients run.
const settings = [
  ".gitconfig",
  ".config/git/config",
  "git/config",
  ".bashrc",
  ".zshrc",
  ".profile",
  ".npmrc",
  ".curlrc",
  ".vimrc",
];

/** SECURITY: `HOME=/tmp/h git status` runs what `/tmp/h/.gitconfig` says. A home of the person's own is theirs to fill. */
function bringsSettings({ run }: Walker, shell: Shell, { text }: Arg): boolean {
  if (text === "" || text.includes(HOLE) || text === run.setting.home) return false;
  return (text.startsWith("/") ? [""] : shell.cwds).some((cwd) =>
    settings.some((one) => {
      const path = foldPath(`${cwd}/${text}/${one}`, "/");
      return (
        run.created.has(path) || (run.facts.lstat(path) !== undefined && !path.startsWith(`${run.setting.home}/.`))
      );
    }),
  );
}

/**
 * Programs may be searched for in these directories from now on, and in those of before.
 * SECURITY: `PATH=tmp:$PATH; (PATH=/usr/bin); ls`: the second value may not hold where the name is looked up.
 */
export function searchToo(run: Run, dirs: readonly string[] | "unknown"): void {
  if (dirs === "unknown") run.path ??= "unknown";
  else if (run.path === null || run.path === "unknown") run.path = dirs;
  else run.path = [...new Set([...dirs, ...run.path])];
}

/** The directories that a value of `PATH` names; `unknown` when one of them is not known. */
export function pathOf(walk: Walker, shell: Shell, value: Arg): readonly string[] | "unknown" {
  const dirs = value.text.split(":").flatMap((dir) => {
    if (dir.includes(HOLE)) return dir === HOLE ? walk.run.setting.path : ["\u0000"];
    if (dir.startsWith("/")) return [dir];
    if (/^~(?:\/|$)/.test(dir)) return [walk.run.setting.home + dir.slice(1)];
    return shell.cwds.map((cwd) => `${cwd}/${dir}`);
  });
  return dirs.includes("\u0000") ? "unknown" : dirs;
}
