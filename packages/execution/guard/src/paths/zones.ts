// Whose ground an absolute path is on. Text only; links were followed before.
import type { Setting } from "../setting.ts";
import { isWithin, lastName } from "./fold-path.ts";
import type { Zone } from "./place.ts";

/** The zone of an absolute, folded path. */
export function zoneOf(path: string, setting: Setting): Zone {
  if (isOwn(path, setting)) return "guard";
  if (path === "/" || holdsHomeOrWorkspace(path, setting)) return path === setting.home ? "home-root" : "root";
  if (path.startsWith("/dev/") || path === "/dev") return deviceZone(path);
  if (isWithin(path, "/proc") || isWithin(path, "/sys")) return "kernel";
  return namedZone(path, setting) ?? groundZone(path, setting);
}

// Whatever its ground is, a name can make it special.
function namedZone(path: string, setting: Setting): Zone | undefined {
  return (
    gitZone(path) ??
    agentZone(path) ??
    (isWithin(path, setting.home) ? homeZone(path, setting) : undefined) ??
    secretZone(path)
  );
}

function groundZone(path: string, setting: Setting): Zone {
  if (setting.workspaces.includes(path)) return "workspace-root";
  if (setting.workspaces.some((root) => isWithin(path, root))) return "workspace";
  if (isTemporary(path, setting)) return "temporary";
  if (isWithin(path, setting.home)) return isCache(path, setting.home) ? "cache" : "home";
  if (/^\/(?:home|Users)\/[^/]+$/.test(path)) return "home-root";
  if (path.startsWith("/home/") || path.startsWith("/Users/")) return "outside";
  return systemDirs.some((dir) => isWithin(path, dir)) ? "system" : "outside";
}

const systemDirs =
  "/bin /boot /etc /lib /lib32 /lib64 /libx32 /opt /root /sbin /usr /var /run /srv /home /Users /System /Library /Applications /private /nix /snap".split(
    " ",
  );

const holdsHomeOrWorkspace = (path: string, { home, workspaces }: Setting): boolean =>
  isWithin(home, path) || workspaces.some((root) => root !== path && isWithin(root, path));

function isTemporary(path: string, setting: Setting): boolean {
  const own = setting.variables.get("TMPDIR");
  const roots = ["/tmp", "/var/tmp", "/dev/shm", ...(own === undefined || own === "/" ? [] : [own])];
  return roots.some((root) => path !== root && isWithin(path, root));
}

const caches = [".cache", ".npm/_cacache", ".cargo/registry", "go/pkg", ".gradle/caches", ".m2/repository"];
const isCache = (path: string, home: string): boolean => caches.some((dir) => isWithin(path, `${home}/${dir}`));

const streams = /^\/dev\/(?:null|std(?:in|out|err)|fd\/\d+|tty|full|ptmx|pts\/\d+)$/;
const sources = /^\/dev\/(?:zero|u?random)$/;

function deviceZone(path: string): Zone {
  if (streams.test(path) || sources.test(path)) return "stream";
  return isWithin(path, "/dev/shm") && path !== "/dev/shm" ? "temporary" : "device";
}

function gitZone(path: string): Zone | undefined {
  const folded = path.toLowerCase();
  const at = folded.indexOf("/.git/");
  if (at < 0) return folded.endsWith("/.git") ? "git" : undefined;
  const inside = path.slice(at + 6);
  return /^(?:modules\/.*\/)?(?:hooks(?:\/|$)|config(?:\.worktree)?$|info\/attributes$)/i.test(inside)
    ? "git-hook"
    : "git";
}

const agentDirs =
  /\/\.(claude|codex|cursor|gemini|opencode|copilot|aider|continue|windsurf|amp|cc-safety-net|agents)(?:\/(.*))?$/i;
const agentFree =
  /^(?:commands|skills|agents|plans|prompts|output-styles|todos|projects|sessions|worktrees)(?:\/|$)|\.md$/;
const agentFiles =
  /\/(?:\.mcp\.json|\.claude\.json|\.safety-net\.json|\.cursorrules|opencode\.jsonc?|\.github\/(?:hooks\/.*|copilot-hooks\.json)|managed-settings(?:\.json|\.d(?:\/.*)?)|\.config\/(?:opencode|github-copilot)(?:\/.*)?)$/i;

function agentZone(path: string): Zone | undefined {
  const match = agentDirs.exec(path);
  if (match !== null) return match[2] !== undefined && agentFree.test(match[2]) ? undefined : "agent-config";
  return agentFiles.test(path) ? "agent-config" : undefined;
}

// INVARIANT: names that protect are compared without their case: disks of macOS and Windows do not know it.
const startup =
  /^\.(?:bash_?(?:rc|profile|login|logout|aliases|env)|profile|z(?:shrc|shenv|profile|login|logout)|kshrc|cshrc|tcshrc|login|inputrc|xprofile|xinitrc|xsession(?:rc)?|pam_environment|gitconfig|vimrc|emacs|tmux\.conf|screenrc|gdbinit|pythonrc(?:\.py)?|irbrc|pryrc|perldb|npmrc|yarnrc(?:\.yml)?|curlrc|wgetrc)$/i;
const startupDirs =
  /^(?:\.config\/(?:autostart|systemd|fish|environment\.d|git|nvim|pip|kitty|alacritty)|\.oh-my-zsh|\.vim|\.emacs\.d|\.local\/(?:bin|share\/(?:systemd|applications|autostart))|bin|\.cargo\/(?:bin|config\.toml|config)|\.pip|Library\/Launch(?:Agents|Daemons))(?:\/|$)/i;

function homeZone(path: string, { home, workspaces }: Setting): Zone | undefined {
  const inside = path.slice(home.length + 1);
  if (/^\.ssh(?:\/|$)/i.test(inside))
    return inside.toLowerCase() === ".ssh" || isPublicSsh(inside) ? "ssh" : secretSsh(inside);
  if (secretHome.test(inside)) return "secret";
  if (workspaces.some((root) => isWithin(path, root))) return undefined;
  return startup.test(inside) || startupDirs.test(inside) ? "startup" : undefined;
}

const isPublicSsh = (inside: string): boolean =>
  /\.pub$|\/(?:known_hosts(?:\.old)?|config|authorized_keys2?|environment|rc|allowed_signers)$/i.test(inside);
const secretSsh = (_inside: string): Zone => "secret";

const secretHome =
  /^(?:\.aws\/(?:credentials|sso|cli\/cache)|\.netrc$|\.npmrc$|\.pypirc$|\.kube\/(?:config|cache)|\.docker\/config\.json$|\.gnupg(?:\/|$)|\.config\/(?:gcloud|gh\/hosts\.yml|hub$|op(?:\/|$)|rclone|doctl|heroku|fly|stripe|ces\/keys)|\.azure(?:\/|$)|\.git-credentials$|\.vault-token$|\.password-store(?:\/|$)|\.local\/share\/(?:keyrings|kwalletd)|\.mozilla\/|\.config\/(?:google-chrome|chromium)\/|\.terraform\.d\/credentials|\.cargo\/credentials(?:\.toml)?$|\.gem\/credentials$|\.pgpass$|\.my\.cnf$|\.s3cfg$|\.boto$|\.bash_history$|\.zsh_history$|\.python_history$|\.psql_history$|\.mysql_history$|Library\/Keychains)/i;

const secretNames =
  /^(?:\.env|\.env\.(?!example$|sample$|template$|dist$|defaults?$|test$|schema$).+|.*\.env|id_(?:rsa|dsa|ecdsa|ed25519)(?:_sk)?|.*_rsa|.*\.(?:p12|pfx|jks|keystore|kdbx|ppk|key)|(?:.*[-_.])?(?:priv(?:ate)?[-_]?key|key)\.pem|privkey\d*\.pem|credentials(?:\.json|\.ya?ml)?|service[-_]account.*\.json|secrets?\.(?:ya?ml|json|toml|txt)|\.htpasswd|\.netrc|\.git-credentials|\.pgpass|master\.key|kubeconfig)$/i;
const secretPaths =
  /^\/etc\/(?:shadow-?|gshadow-?|sudoers(?:\.d\/.*)?|ssh\/ssh_host_.*_key|ssl\/private\/.*|krb5\.keytab)$|^\/root\/\.(?:ssh|aws|gnupg)\/|\/\.ssh\/id_[^/.]+$|^\/(?:run|var\/run)\/secrets\//;

function secretZone(path: string): Zone | undefined {
  if (secretPaths.test(path)) return path.startsWith("/etc/sudoers") ? "system" : "secret";
  return secretNames.test(lastName(path)) ? "secret" : undefined;
}

/** True for the guard's own files: the places of the setting, and what is named after one of its names. */
function isOwn(path: string, { own_places, own_names, home }: Setting): boolean {
  if (own_places.some((place) => isWithin(path.toLowerCase(), place.toLowerCase()))) return true;
  return own_names.some(
    (name) =>
      [
        `${home}/.config/${name}`,
        `${home}/.local/state/${name}`,
        `${home}/.local/share/${name}`,
        `${home}/.${name}`,
      ].some((place) => isWithin(path, place)) ||
      path.endsWith(`/.${name}.json`) ||
      path.endsWith(`/.${name}.yaml`) ||
      path.endsWith(`/.${name}.yml`) ||
      path.endsWith(`/.${name}.toml`) ||
      path.includes(`/.${name}/`) ||
      path.endsWith(`/.${name}`),
  );
}
