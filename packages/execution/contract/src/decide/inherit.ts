// Which variables and secrets a command may have. The agent names them, so the policy must too (F-01), and no policy can pass a variable
// that makes a program run other code, or a secret through the environment.

import { isSecretName } from "@ces/kernel";
import type { CscPolicy } from "../csc-policy.ts";

/** Undefined when the variable may be inherited under this policy; else one sentence why not. */
export function inheritRefusal(name: string, policy: CscPolicy): string | undefined {
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) return "it is no name of a variable";
  if (NEVER.some((pattern) => matches(name.toUpperCase(), pattern)))
    return "it makes programs run other code or find other files";
  if (isSecretName(name))
    return "it names a secret; ask for it in `secret_refs`, secrets never go through the environment";
  return policy.allowed_env?.some((pattern) => matches(name, pattern)) === true
    ? undefined
    : "`allowed_env` does not name it";
}

/** Undefined when the secret may be asked for under this policy; else one sentence why not. */
export function secretRefusal(ref: string, policy: CscPolicy): string | undefined {
  if (!policy.allow_secret_refs) return "the policy allows no secrets";
  if (policy.allowed_secret_refs === undefined) return undefined;
  return policy.allowed_secret_refs.some((pattern) => matches(ref, pattern))
    ? undefined
    : "`allowed_secret_refs` does not name it";
}

// `*` at an end stands for anything.
function matches(name: string, pattern: string): boolean {
  if (pattern.startsWith("*")) return name.endsWith(pattern.slice(1));
  return pattern.endsWith("*") ? name.startsWith(pattern.slice(0, -1)) : name === pattern;
}

const NEVER: readonly string[] = [
  ...["LD_*", "DYLD_*", "*_PRELOAD", "GLIBC_TUNABLES", "GCONV_PATH", "LOCPATH", "NLSPATH", "MALLOC_*"],
  ...[
    "PATH",
    "HOME",
    "SHELL",
    "IFS",
    "ENV",
    "BASH_*",
    "BASHOPTS",
    "SHELLOPTS",
    "PROMPT_COMMAND",
    "PS0",
    "PS1",
    "PS4",
    "ZDOTDIR",
    "CDPATH",
    "FPATH",
  ],
  ...[
    "GIT_*",
    "SSH_*",
    "GPG_*",
    "NODE_OPTIONS",
    "NODE_PATH",
    "NODE_EXTRA_CA_CERTS",
    "NODE_V8_COVERAGE",
    "NPM_CONFIG_*",
    "YARN_*",
    "PNPM_*",
    "BUN_*",
    "DENO_*",
  ],
  ...[
    "PYTHON*",
    "PIP_*",
    "UV_*",
    "VIRTUAL_ENV",
    "PERL5*",
    "PERLLIB",
    "RUBYOPT",
    "RUBYLIB",
    "GEM_*",
    "BUNDLE_*",
    "PHPRC",
    "PHP_INI_SCAN_DIR",
    "LUA_*",
  ],
  ...[
    "JAVA_TOOL_OPTIONS",
    "_JAVA_OPTIONS",
    "JDK_JAVA_OPTIONS",
    "CLASSPATH",
    "MAVEN_OPTS",
    "GRADLE_OPTS",
    "CARGO_*",
    "RUSTC*",
    "RUSTFLAGS",
    "GOFLAGS",
    "GOPROXY",
    "GOROOT",
  ],
  ...[
    "CC",
    "CXX",
    "LD",
    "MAKEFLAGS",
    "MFLAGS",
    "GNUMAKEFLAGS",
    "LESSOPEN",
    "LESSCLOSE",
    "PAGER",
    "MANPAGER",
    "EDITOR",
    "VISUAL",
    "BROWSER",
    "FCEDIT",
  ],
  ...[
    "HOSTALIASES",
    "RES_OPTIONS",
    "RESOLV_*",
    "DBUS_*",
    "XDG_*",
    "DOCKER_*",
    "KUBECONFIG",
    "AWS_CONFIG_FILE",
    "CURL_*",
    "WGETRC",
    "OPENSSL_*",
    "SSL_*",
    "CES_*",
  ],
];
