// SECURITY: S06 (spec/threats) — what a sandbox could have written is read through one function only. Nothing here
// can tell a run's path from another at compile time, so every file that opens or reads on disk is named, with what it
// touches. To add a line, say whose bytes they are; if an agent could have written them, use the safe reader instead.

/** Source file → what it opens. `src/` of every io package and the app; tests and scripts are not held to it. */
export const diskReaders: Readonly<Record<string, string>> = {
  // The safe reader: descriptor-relative, no link followed, inode confirmed after open.
  "packages/execution/workspace/src/open-at.ts": "the safe reader of run paths itself",

  "packages/execution/trash/src/open-below.ts":
    "what is deleted and what lies in the trash: descriptor-relative, no link followed, inode confirmed",
  "packages/execution/trash/src/compare-trees.ts": "bytes of files that open-below opened",
  "packages/execution/trash/src/copy-file.ts": "copies a file that open-below opened into a name that did not exist",
  "packages/execution/trash/src/worktree-files.ts": "files that open-below opened, to compare them with git's index",
  "packages/execution/trash/src/item-facts.ts": "digests of files that open-below opened, size-capped",

  // Exports that a person fetched, attacker-controlled (S40): read in the import's worker only, sizes capped, no link followed.
  "packages/execution/advisories/src/source-records.ts":
    "records of an export: files and folders that the person named",
  "packages/execution/advisories/src/zip-records.ts": "entries of an export's zip; a name never becomes a path",

  "apps/cli/src/guard-hooks/guard-hook.entry.ts": "its own bundle, to see that it is still the one; /dev/null",
  "packages/execution/hooks/src/warm-guard.ts": "/dev/null, when the hook's snapshot is built",
  "packages/execution/contract-runner/src/receipt-chain.ts":
    "heads of the chains of receipts, 65 bytes each, in CES's own state folder",
  "apps/cli/src/csc/read-document.ts":
    "a contract, policy, approval, receipt or public key that the person named, attacker-controlled, size-capped, regular files",

  "apps/cli/src/guard-deps/read-capped.ts":
    "a lockfile or a file of records that the person named, attacker-controlled, size-capped, no link",

  "apps/cli/src/deps/known-releases.ts":
    "npm's own cache of the person, attacker-controlled, size-capped, no link; only shown",
  "apps/cli/src/wire/package-cache.ts":
    "~/.npmrc of the person, owner checked, size-capped; addresses of registries only",

  // What a contract declares and its commands leave (attacker-controlled): opened without following a link, compared by inode.
  "packages/execution/contract-runner/src/walk-folder.ts":
    "folders of declared places by descriptor; no file's content",
  "packages/execution/contract-runner/src/write-delta.ts": "files a command changed, for their digests; capped",
  "packages/execution/contract-runner/src/program-file.ts": "the program that a contract names, for its digest",
  "packages/execution/contract-runner/src/confirm-box.ts":
    "/proc of a box that waits, to compare it with what was judged",
  "packages/execution/contract-runner/src/box-system.ts": "/etc/resolv.conf, for a box that has the machine's network",
  "packages/execution/contract-runner/src/kernel-pipe.ts": "fifos that we made a moment ago",
  "packages/execution/contract-runner/src/receipt-file.ts": "creates the receipt beside its place, exclusively",

  // The kernel's and the system's files.
  "packages/execution/trash/src/mounts.ts": "/proc/self/mountinfo",
  "packages/execution/sandbox/src/box-user.ts": "the system's account files, for a free uid",
  "packages/execution/sandbox/src/close-descriptors.ts": "/proc/self/fdinfo",
  "packages/execution/sandbox/src/process-facts.ts": "/proc of the box and the boot id",
  "packages/execution/sandbox/src/watch-box.ts": "/proc/meminfo",
  "packages/execution/sandbox-layers/src/observe-box.ts": "/proc of a box that waits, for what its receipts say of it",
  "packages/execution/sandbox-layers/src/observe-process.ts": "/proc/self/status",
  "packages/execution/sandbox/src/resource-group.ts": "control groups that we made",
  "packages/execution/sandbox/src/resolve-tool.ts": "programs outside every project, for their digest (S24)",

  // Run paths, opened as folders without following links; no content is read.
  "packages/execution/sandbox/src/folder-usage.ts": "folders of a box by descriptor, to count; no file's content",
  "packages/execution/sandbox/src/hand-over.ts": "the box's folders by descriptor, to change their owner; no content",

  // Opened for writing, exclusively: the file did not exist before.
  "apps/cli/src/csc/write-new.ts": "creates the contract that the person asked for",
  "packages/execution/sandbox/src/hoist.ts": "creates mount points below the box root",
  "packages/execution/sandbox/src/mount-points.ts": "creates mount points, no component a link",
  "packages/execution/workspace/src/apply-checkout.ts": "creates temporaries in the user's checkout",
  "packages/execution/workspace/src/materialize.ts": "creates the files of a tree in an empty folder",
  "packages/platform/git/src/write-object.ts": "creates loose objects",
  "packages/platform/store/src/connection.ts": "creates the database file",

  // The user's checkout and repository, which no box ever has (S19).
  "packages/execution/workspace/src/dependency-folders.ts": "installers' markers in the user's checkout, size-capped",
  "packages/platform/git/src/checkouts.ts": "HEAD and gitdir of the user's worktrees",
  "packages/platform/git/src/find-repository.ts":
    "the `.git` pointer (size-capped), packed-refs and alternates of the user's repository, regular files only",
  "packages/platform/git/src/plain-repository.ts":
    "HEAD, config and refs of the user's own git directory, size-capped, to spare a git process",
  "packages/platform/git/src/open-git.ts": "commondir of the repository's own git directory",

  // Inside a box, where nothing of the host is.
  "packages/execution/runtimes/src/replay/player.entry.ts": "the box's own worktree, from inside the box",

  // The person's own terminal, and what was typed there.
  "apps/cli/src/trash/raw-words.ts": "/proc/self/cmdline, for names that are not UTF-8",
  "apps/cli/src/challenge.ts": "/dev/tty",
  "apps/cli/src/ask-passphrase.ts": "/dev/tty, with nothing shown",

  // What a person or a harness hands over.
  "apps/cli/src/receipts/passphrase.ts": "a descriptor that the person opened for a passphrase",
  "apps/cli/src/receipts/read-policy-folder.ts":
    "files of rules in the folder that `--policy-dir` names: no link followed, regular files only, size-capped, closed schema",
  "apps/cli/src/read-stdin.ts": "standard input, to its end",
  "apps/cli/src/guard/guard-setting.ts":
    "the advisories that `--advisories` names, size-capped, parsed as hostile (S40)",

  // A worktree while its agent runs: by descriptor, no link followed.
  "packages/execution/workspace/src/live-facts.ts":
    "the run's own tree, live; small files, for judging a command and never believed as a result (S06)",
  "apps/cli/src/terminal-facts.ts": "/dev/tty, to see whether there is one",

  // The installation.
  "apps/cli/src/wire/cassettes.ts": "cassettes of the installation, or of an explicit path; closed schema (S38)",
  "apps/cli/src/wire/play-demo.ts": "copies the installation's example shop to a scratch folder",
  "packages/execution/sandbox/src/launch-box.ts":
    "bwrap's status file in the box root, which no box sees; the system's shell, as a descriptor",

  // The guard's hooks. Hosts' settings are the user's; in a project an agent may have written them: they are parsed as data,
  // shown, and never believed. The disk that is judged is read without following links, capped, and changes nothing.
  "packages/execution/hooks/src/install/settings-file.ts": "hosts' settings, size-capped, to add or take out one entry",
  "apps/cli/src/guard-hooks/build-snapshot.ts": "the installation's hook bundle, and the note beside the snapshot",
  "packages/execution/hooks/src/node-file-facts.ts":
    "whatever a judged command names: no link followed, capped, counted",
  "packages/execution/hooks/src/read-input.ts": "its own standard input, capped",
  "packages/execution/hooks/src/audit-log.ts": "the guard's own log, owner checked, no link followed",
  "packages/execution/hooks/src/guard-config.ts": "the guard's own settings, owner and mode checked, no link followed",
  "packages/execution/hooks/src/lock-file.ts": "the lock beside the guard's log",
  "packages/execution/hooks/src/person-list.ts":
    "rules and grants that a person added, under a MAC, owner and mode checked",
  "packages/execution/hooks/src/write-person-list.ts": "creates those files",

  // Spent approvals and loans of a contract's runner: in folders that are ours alone. Secrets: what the person's configuration names.
  "packages/execution/contract-runner/src/consume-approval.ts": "spent approvals, one file each, made exclusively",
  "packages/execution/contract-runner/src/lend-ownership.ts": "journals of loans (root only)",
  "packages/execution/contract-runner/src/provide-secrets.ts":
    "files of secrets that the person named: owner and mode checked, no link, capped",

  // The trust domain: state, configuration, keys; ours alone, no link followed.
  "packages/execution/advisories/src/index-file.ts":
    "the compiled advisory data, owner and mode checked, no link followed",
  "packages/execution/advisories/src/write-index.ts": "creates the compiled advisory data beside the old one",
  "packages/execution/trash/src/journal.ts":
    "the journal of the trash: ours, no link followed, every line authenticated",
  "packages/execution/trash/src/writer-lock.ts": "lock files of the guard's own folder, and /proc of their owners",
  "packages/platform/files/src/owned-file.ts": "files of the trust domain, owner and mode checked",
  "packages/platform/files/src/lock-owner.ts": "locks of our own folders, and /proc of the threads that they name",
  "packages/platform/files/src/project-pointer.ts":
    "`.ces/project`, attacker-controlled: no link, size-capped, an id or nothing",
  "packages/platform/store/src/database-file.ts": "the head of the database file, no link followed",
  "packages/platform/store/src/head-file.ts": "the signed head beside the database, no link followed",
  "packages/platform/store/src/kernel-lock.ts": "the lock file, no link followed, never read",
};

/** Source file → what it starts (S35: one git runner; no host tool over an agent's bytes). */
export const processStarters: Readonly<Record<string, string>> = {
  "packages/execution/gateway/src/start-gateway.ts": "the gateway, our own bundle under our own node",
  "packages/execution/runtimes/src/replay/player.entry.ts": "recorded commands, from inside the box",
  "packages/execution/sandbox/src/bridge.entry.ts": "the box's command, from inside the box",
  "packages/execution/contract-runner/src/kernel-pipe.ts": "mkfifo of the system, which node lacks; empty environment",
  "packages/execution/contract-runner/src/provide-secrets.ts":
    "a provider of secrets that the person's configuration names",
  "packages/execution/contract-runner/src/run-local.ts":
    "a contract's commands in local mode, which says that it enforces nothing",
  "apps/cli/src/guard-hooks/build-snapshot.ts": "our own node over our own bundle, to make the hook's snapshot",
  "packages/execution/hooks/src/rescue-by-ces.ts":
    "our own `ces trash keep`, before a command that would lose something",
  "apps/cli/src/guard-hooks/guard-hook.entry.ts": "our own bundle, when the snapshot is of another build",
  "apps/cli/src/guard-hooks/run-canary.ts":
    "the hook line this installation wrote, exactly as it stands, with a canary",
  "packages/execution/sandbox/src/ask-program.ts":
    "a judged program of the host, to print its version, under a command contract; no key in its environment (S24)",
  "packages/execution/sandbox/src/launch-box.ts": "bubblewrap",
  "packages/platform/keys/src/home/external-signer.ts":
    "a program that a person named to hold a key: outside every project, empty environment, no shell, ten seconds",
  "packages/execution/sandbox-layers/src/driver-process.ts":
    "nono and OpenShell, outside every project, by absolute path; asked what they are with an empty home",
  "packages/platform/git/src/git-process.ts": "git: the one runner",
};
