// Which test proves which rule of the list of threats: the claim that docs/security.md makes, as data. Threats that later issues
// build the door for are not here: S27 (the HTML file).

/** One test by its file, from the root of the repository, and its name as it stands in that file's text. */
export type ProvedBy = readonly [file: string, test: string];

export interface Covered {
  readonly id: string;
  /** The rule that closes it, in one sentence. */
  readonly rule: string;
  readonly tests: readonly ProvedBy[];
}

const box = (file: string): string => `packages/execution/sandbox/test/${file}.test.ts`;
const workspace = (file: string): string => `packages/execution/workspace/test/${file}.test.ts`;
const contracts = (file: string): string => `packages/execution/contract-runner/test/${file}.test.ts`;
const gateway = (file: string): string => `packages/execution/gateway/test/${file}.test.ts`;
const runtimes = (file: string): string => `packages/execution/runtimes/test/${file}.test.ts`;
const git = (file: string): string => `packages/platform/git/test/${file}.test.ts`;
const store = (file: string): string => `packages/platform/store/test/${file}.test.ts`;
const trash = (file: string): string => `packages/execution/trash/test/${file}.test.ts`;
const advisories = (file: string): string => `packages/execution/advisories/test/${file}.test.ts`;
const product = (file: string): string => `test/e2e/threats/${file}.test.ts`;
const clients = (file: string): string => `test/e2e/clients/${file}.test.ts`;

/** S01–S26 and S28–S40. S39: command contracts; deliveries have no network at all. */
export const coveredThreats: readonly Covered[] = [
  {
    id: "S01",
    rule: "Boxes start with an empty environment; no secret is in the environment or arguments of any child.",
    tests: [
      [product("inside"), "S01: no environment and no argument list holds a secret, a variable or a path of the host"],
      [
        product("ordinary-user"),
        "S01: no environment and no argument list inside holds a secret or a path of the host",
      ],
      [box("walls"), "S01: the environment is exactly the plan"],
    ],
  },
  {
    id: "S02",
    rule: "No box runs as root; kernel settings are read-only, set-id modes are refused.",
    tests: [
      [product("inside"), "S02: kernel settings are read-only, set-id modes are refused, and the agent is not root"],
      [box("walls"), "S02: nothing below /proc/sys opens for writing"],
      [box("walls"), "S02: a fork bomb hits the process limit"],
      [
        product("ordinary-user"),
        "S02, S25: no capability, no new privilege, the filter is on, no set-id file, no sysctl, no second name space",
      ],
    ],
  },
  {
    id: "S03",
    rule: "Host git never sees a worktree; nested, bare and linked repositories are blockers.",
    tests: [
      [product("delta"), "S03: nested, bare and linked repositories are named"],
      [product("delta"), "S03, S11: every command afterwards springs no trap"],
      [product("host"), "S03: a bare repository in a folder is not adopted, and a base that holds one is refused"],
      [product("host"), "S03: a commit that holds a submodule is refused by name"],
      [git("hostile-config"), "no operation of the port springs one"],
    ],
  },
  {
    id: "S04",
    rule: "What configures a client is a read-only bind of CES's; a call that was never asked ends the run.",
    tests: [
      [clients("hostile-repository"), "neither runs nor instructs %s"],
      [box("tree"), "S04: what configures a client in %s is CES's and cannot be moved away"],
      [runtimes("codex-stream"), "the gate is passed by"],
      [runtimes("claude-stream"), "the gate is passed by"],
    ],
  },
  {
    id: "S05",
    rule: "Checks run in a fresh materialisation of the candidate; what else was left is listed and never used.",
    tests: [
      [product("checks"), "CES's is red, and nothing merges"],
      [product("checks"), "the verdict is that of a clone of the same tree elsewhere"],
      [product("checks"), "what was planted is listed as left behind"],
    ],
  },
  {
    id: "S06",
    rule: "What a sandbox wrote is read through one function that follows no link.",
    tests: [
      [
        product("delta"),
        "S06: links to keys of the state, to /proc and out of the tree are refused, and no key is anywhere",
      ],
      [workspace("read-hostile"), "refuses a link in any parent, and paths that are not plain"],
      [workspace("odd-files"), "is in no object and no record (S06)"],
    ],
  },
  {
    id: "S07",
    rule: "A key is bound to its origin; environment files are not read; the state folder is ours alone.",
    tests: [
      [product("state"), "an origin of the environment that is not loopback gets nothing: %s"],
      [
        product("state"),
        "environment files of the repository are not read: with loopback as the origin, only that one hears",
      ],
      [product("state"), "%s is exit 5, and nothing is written there"],
      [gateway("resolve-upstream"), "an attacker"],
    ],
  },
  {
    id: "S08",
    rule: "An upper bound is reserved before a request is forwarded, and settled down afterwards.",
    tests: [
      [gateway("gateway"), "cut by the upstream at every byte: charged at least what was sold"],
      [
        gateway("gateway"),
        "two hundred at once: at most four in flight, and never more than the budget and one reservation",
      ],
      [gateway("meter"), "holds: true usage ≤ budget + one reservation, for any order of requests and settlements"],
    ],
  },
  {
    id: "S09",
    rule: "The gateway forwards a rebuilt allow-list of the body and of the headers.",
    tests: [
      [
        product("second-agent"),
        "S09: bodies that the vendor's servers would act on are refused by the gateway, and the upstream never sees them",
      ],
      [gateway("shape-request"), "any unknown member is refused"],
      [
        gateway("gateway"),
        "refuses a server tool with 403 and its name, forwards nothing, says so in an event without content",
      ],
    ],
  },
  {
    id: "S10",
    rule: "State never comes from a repository: a tracked `.ces` is refused, the database is compared with its schema.",
    tests: [
      [product("host"), "S10: a tracked `.ces` at any depth is refused by every command before anything is written"],
      [product("host"), "S10: a pointer to another project's state, or out of the state folder, is not followed"],
      [product("delta"), "S10: a `.ces` folder in the delta is out of scope at any depth"],
      [store("open-store"), "a hostile database"],
    ],
  },
  {
    id: "S11",
    rule: "Blobs are the raw bytes on disk; no filter, driver or attribute has any effect.",
    tests: [
      [product("host"), "S03, S11: no program of its git configuration is ever run, not even by a build that merges"],
      [workspace("raw-bytes"), "change no byte under any attributes"],
    ],
  },
  {
    id: "S12",
    rule: "A check is sealed with what defines it and runs twice; a tampered one is never green.",
    tests: [
      [product("checks"), "S12: what `npm test` means"],
      [
        product("checks"),
        "files that define it: with everything in scope they are still refused, and are not in the candidate",
      ],
      ["packages/harness/sensors/test/sensors.test.ts", "check integrity: the tamperings of S12"],
      ["packages/harness/evidence/test/judge-checks.test.ts", "law: doubt never improves an outcome"],
    ],
  },
  {
    id: "S13",
    rule: "A bind source is a real directory of the checkout, never a link's target.",
    tests: [
      [product("host"), "S13: a committed node_modules link that leads out shows the agent nothing of the host"],
      [
        product("host"),
        "S13: a node_modules link of the user's own is not followed either, and the build goes on without it",
      ],
      [box("tree"), "S13: a dependency folder that is a link to %s is refused"],
    ],
  },
  {
    id: "S14",
    rule: "Inherited descriptors are closed at start, and a box that has one is refused.",
    tests: [
      [product("inside"), "S14: descriptors that ces was started with are in no process inside"],
      [product("ordinary-user"), "S14: descriptors that ces was started with are in no process inside"],
      [box("walls"), "S14: an inherited descriptor is refused before anything starts, and 0–2 are all there is"],
    ],
  },
  {
    id: "S15",
    rule: "A merge never replaces an untracked, ignored or dirty file of the user's.",
    tests: [
      [product("delta"), "S15: an untracked file of the user's in the way stops the merge"],
      [product("delta"), "S15: what the base ignores is left behind, and the user's own file stays"],
      [workspace("checkout"), "something of the user's in the way"],
    ],
  },
  {
    id: "S16",
    rule: "Limits name what holds them; conversations are counted and bounded by the gateway.",
    tests: [
      [
        product("second-agent"),
        "S16: a nested client is counted as a further agent by the gateway, and the run ends beyond the budget",
      ],
      [gateway("gateway"), "S16: a second agent is counted by what it says, and refused"],
    ],
  },
  {
    id: "S17",
    rule: "The client's stream is hostile: closed grammar, no ptrace, no debugger.",
    tests: [
      [box("walls"), "S17: ptrace, pidfd_getfd and process_vm_readv of another process are refused"],
      [box("bridge"), "S17: SIGUSR1 opens no port in it, and it lives on"],
      [runtimes("claude-stream"), "a forged stream"],
      [runtimes("codex-stream"), "a forged stream"],
      [runtimes("replay"), "a player's forged stream"],
    ],
  },
  {
    id: "S18",
    rule: "The first process inside starts nothing before the handle is recorded, and ends with CES.",
    tests: [
      [
        box("box-life"),
        "S18: a driver killed 0 to 20 ms after the spawn leaves nothing that runs, and nothing at all after the sweep",
      ],
      [box("box-life"), "end of file instead of go ends it"],
      [store("leases"), "keeps the next driver out until it is dead"],
    ],
  },
  {
    id: "S19",
    rule: "The agent's git directory is made for the run and holds the base only.",
    tests: [
      [product("inside"), "S19: the git directory holds the base and nothing of the user's repository"],
      [git("export-base"), "holds the base commit and no canary of the user's repository"],
    ],
  },
  {
    id: "S20",
    rule: "The classification is redone on the frozen delta and may only rise.",
    tests: [
      [product("consent"), "S20: harmless words over a dangerous delta need a human, and `--yes` is not one"],
      [
        "packages/harness/classification/test/reclassify.test.ts",
        "S20: eighteen harmless-looking texts over dangerous deltas",
      ],
    ],
  },
  {
    id: "S21",
    rule: "A pipe, a label or an agent's shell is nobody; a person needs a terminal or an enrolled key.",
    tests: [
      [product("consent"), "an approval %s is nobody's"],
      [product("consent"), "an approval from a session of its own is nobody's"],
      [product("consent"), "a terminal that an agent made itself is nobody's, with %s set"],
      [product("consent"), "the release of a halt is nobody's either"],
      ["packages/control/approvals/test/gate.test.ts", "what a consent is worth (DESIGN §2, S21)"],
    ],
  },
  {
    id: "S22",
    rule: "What merges is exactly the approved tree on the approved base, by compare-and-swap.",
    tests: [
      [
        product("consent"),
        "S22: a branch that moved after the evidence voids it; what merges is a new candidate on the new base, checked again",
      ],
      [product("consent"), "S22: what somebody writes into the checkout after the evidence is not what merges"],
      [git("refs"), "the second of two who saw the same value is stale and changes nothing"],
    ],
  },
  {
    id: "S23",
    rule: "Reviewers see trees as renamed data in an empty folder, and must find a planted defect.",
    tests: [
      [clients("hostile-repository"), "neither runs nor instructs %s"],
      [
        clients("hostile-repository"),
        "a reviewer that obeys an injected order misses the planted defect and is not believed",
      ],
      ["packages/harness/review/test/parse-review.test.ts", "law: injective, and nothing that instructs is left"],
    ],
  },
  {
    id: "S24",
    rule: "Programs are resolved once to absolute real files that nobody else could have put there.",
    tests: [
      [product("host"), "S24: fakes on PATH are passed over or refused, and never run"],
      [box("resolve-tool"), "a folder that others can write is passed over, wherever it stands on the way"],
    ],
  },
  {
    id: "S25",
    rule: "A seccomp filter with a list; a fresh keyring.",
    tests: [
      [box("seccomp-program"), "each vector inside a box"],
      [box("walls"), "S25: the keyrings of the host user stay unread"],
      [box("walls"), "S25: AF_VSOCK, AF_ALG, AF_PACKET and AF_KEY sockets are refused"],
    ],
  },
  {
    id: "S26",
    rule: "Restore never trusts stored paths: own authenticated journal only, parents opened without links, nothing overwritten.",
    tests: [
      [trash("forged"), "goes where the person says, and nowhere else"],
      [trash("forged"), "an entry of another journal, a changed, dropped or repeated one is not believed"],
      [trash("forged"), "is not put back through a link, or where a folder became one"],
      [trash("forged"), "is not put back outside of the roots"],
    ],
  },
  {
    id: "S28",
    rule: "The freeze opens regular files only and names everything odd.",
    tests: [
      [product("delta"), "S28: FIFOs, sockets, odd names and deep paths are named, none is opened"],
      [product("delta"), "S28: what stands behind a folder without rights is in the delta"],
      [product("delta"), "S28: nothing of the run is left, and the next build is not kept waiting"],
      [workspace("odd-files"), "files that are not files"],
      [workspace("odd-files"), "any depth, any name, folders without rights; links are not followed"],
    ],
  },
  {
    id: "S29",
    rule: "Disk, memory, processes, connections and time are bounded; the run ends with its reason.",
    tests: [
      [product("exhaustion"), "%s ends the run, and nothing merges"],
      [
        product("exhaustion"),
        "memory in /tmp and /dev/shm is bounded, output without a line end floods nothing, and the run goes on",
      ],
      [box("watch-box"), "one file, /tmp, /dev/shm and a memory HOME are bounded by the kernel"],
      [gateway("gateway"), "survives thousands of connections and serves afterwards"],
    ],
  },
  {
    id: "S30",
    rule: "Foreign text is shown through one function that leaves no control byte.",
    tests: [
      [product("state"), "%s output of a build holds no control byte but line ends"],
      [product("state"), "nor does `ces %s` afterwards, in either form"],
      ["apps/cli/test/foreign-text.test.ts", "nothing but our colours leaves"],
      [
        "packages/foundation/kernel/test/printable.test.ts",
        "never lets a control, bidi, invisible or unassigned character through",
      ],
    ],
  },
  {
    id: "S31",
    rule: "The worktree is read-only; only the scope's prefixes are writable, protected files in them are not.",
    tests: [
      [product("inside"), "S31: only the scope is writable, and neither the rest nor .git can be moved away"],
      [product("ordinary-user"), "S31: only the scope is writable"],
      [box("tree"), "S31: with %s writable, the kernel refuses exactly the rest"],
    ],
  },
  {
    id: "S32",
    rule: "Every row is committed to by the ledger, and a signed head lies beside it.",
    tests: [
      [store("tampering"), "each column of each table"],
      [store("tampering"), "yesterday's copy"],
      [store("tampering"), "two projects' databases swapped"],
      ["packages/control/ledger/test/verify-ledger.test.ts", "is caught at its seq"],
    ],
  },
  {
    id: "S33",
    rule: "Exclusion is a kernel lock with a fence; refs move by compare-and-swap; processes are named by more than a number.",
    tests: [
      [store("leases"), "of a stopped driver stays its own; once fenced off it loses every commit"],
      [box("box-life"), "S33: a recorded box is killed, twice is gone, and a number that is somebody else's is spared"],
      [git("refs"), "the second of two who saw the same value is stale and changes nothing"],
    ],
  },
  {
    id: "S34",
    rule: "A key that is not the chain's appends nothing.",
    tests: [
      [product("state"), "%s appends nothing, and the ledger is whole afterwards"],
      [store("open-store"), "set for one command only is refused, and nothing is appended under it"],
      [
        "packages/control/ledger/test/rotation.test.ts",
        "made under the old key and signed by the project's key opens a new epoch",
      ],
    ],
  },
  {
    id: "S35",
    rule: "One git runner with an environment from nothing; replace refs are off and told.",
    tests: [
      [
        product("host"),
        "S35: every GIT_ variable set to another repository changes nothing, and that one is untouched",
      ],
      [product("host"), "S35: a replace ref does not change what the agent and the evidence see"],
      [git("ambient-git"), "every GIT_ variable set to a canary repository changes nothing"],
    ],
  },
  {
    id: "S36",
    rule: "The delta hashes the content of every file that could be written.",
    tests: [
      [product("delta"), "S36: a same-size edit with the time set back is in the delta"],
      [workspace("odd-files"), "a same-size edit with the time set back, and a rename swap, are found"],
    ],
  },
  {
    id: "S37",
    rule: "Checks are found by reading data; nothing of the project runs on the host.",
    tests: [
      [product("host"), "S37: files that run when they are loaded are not loaded by any command"],
      [workspace("checks"), "runs nothing of the project (S37)"],
    ],
  },
  {
    id: "S38",
    rule: "A replayed run merges only in the demo's own scratch copy, and is called a replay.",
    tests: [
      [product("consent"), "in an ordinary project it stops at the evidence, whoever consents"],
      [
        product("consent"),
        "a second try, an approval and a continuation do not merge it either, and every surface says what it was",
      ],
      [product("consent"), "a mark that the project brings along is none"],
      [product("consent"), "the environment alone plays no recording of the repository's"],
    ],
  },
  {
    id: "S39",
    rule: "A network is a list of exactly named hosts behind a logged door: pinned public addresses, the same name in the hello, bytes counted.",
    tests: [
      [
        contracts("network"),
        "F-17, S39: a listed host is reached, others are refused, and both are counted as they were seen",
      ],
      [contracts("network"), "S39: a name that resolves to a machine of this network is refused"],
      [contracts("network"), "without a list, with a name that is none, and with `deny`, nothing is opened"],
      [gateway("serve-egress"), "refuses every other spelling of a host"],
      [gateway("serve-egress"), "asks the resolver once, and refuses when any answer is not public"],
      [gateway("serve-egress"), "refuses a hello for another host, no TLS at all, and sends none of it"],
      [gateway("serve-egress"), "cuts an upload that passes the budget, over all connections together"],
    ],
  },
  {
    id: "S40",
    rule: "Foreign data is parsed in a worker with limits; a repository brings no allow rule; losing malicious records needs a person.",
    tests: [
      [advisories("import-exports"), "names of entries never become paths"],
      [advisories("import-exports"), "names that every object has are names of packages"],
      [advisories("import-exports"), "taking back malicious records needs a person"],
      [advisories("import-exports"), "is read beside the event loop, not in it"],
    ],
  },
];

/** The ten that a red team could not break, and the tests that keep it so. */
export const heldThreats: readonly Covered[] = [
  {
    id: "H01",
    rule: "Only the model API's paths, however they are spelled.",
    tests: [
      [gateway("gateway"), "passes exactly the API and nothing spelled otherwise"],
      [gateway("gateway"), "judges a pipelined second request on its own"],
    ],
  },
  {
    id: "H02",
    rule: "A network name space with loopback only.",
    tests: [
      [product("inside"), "held: a network of its own with loopback only, no /sys"],
      [box("walls"), "the network is one loopback, and host ports and abstract sockets do not exist"],
    ],
  },
  {
    id: "H03",
    rule: "No mount and no second name space.",
    tests: [
      [product("inside"), "held: no second name space, mount, device, hard link out of the system or set-id program"],
      [box("seccomp-program"), "each vector inside a box"],
    ],
  },
  {
    id: "H04",
    rule: "The top-level git directory cannot be replaced.",
    tests: [
      [product("inside"), "S31: only the scope is writable, and neither the rest nor .git can be moved away"],
      [box("tree"), "the private git folder is read-only, scratch is memory, and mount points leave no trace"],
    ],
  },
  {
    id: "H05",
    rule: "The model's socket can be used, not replaced.",
    tests: [[box("bridge"), "the socket can be used, not replaced"]],
  },
  {
    id: "H06",
    rule: "No hard links out of read-only mounts, no set-id programs.",
    tests: [
      [product("inside"), "held: no second name space, mount, device, hard link out of the system or set-id program"],
      [box("walls"), "signals to the first process, TIOCSTI and hard links out of read-only mounts fail"],
    ],
  },
  {
    id: "H07",
    rule: "The first process cannot be stopped, and nothing survives it.",
    tests: [
      [product("inside"), "held: the first process cannot be stopped and gives away no status descriptor"],
      [box("box-life"), "kill ends daemons, double forks and sessions, and says why"],
    ],
  },
  {
    id: "H08",
    rule: "The exit status cannot be forged from inside.",
    tests: [[product("inside"), "held: the first process cannot be stopped and gives away no status descriptor"]],
  },
  {
    id: "H09",
    rule: "The client's gate holds against the repository and HOME.",
    tests: [
      [clients("hostile-repository"), "neither runs nor instructs %s"],
      [runtimes("claude-client"), "is not moved by a hostile repository"],
      [runtimes("configured"), "%s works with it bound read-only, and no call can change it"],
    ],
  },
  {
    id: "H10",
    rule: "Nobody inside can write to a client's standard input.",
    tests: [
      [product("inside"), "held: nothing can be written to the standard input of another process"],
      [box("walls"), "standard input is a socket: another process cannot open it and write an approval"],
    ],
  },
];

/** The whole table as Markdown: rule, and the tests that prove it. */
export function coverageTable(): string {
  const rows = [...coveredThreats, ...heldThreats].map(
    ({ id, rule, tests }) =>
      `| ${id} | ${rule} | ${tests.map(([file, name]) => `\`${file}\` › ${name.replaceAll("|", "\\|")}`).join("<br>")} |`,
  );
  return ["| | rule | proved by |", "|---|---|---|", ...rows, ""].join("\n");
}
