// The walls around an action: what was configured, and beside it what was seen. A signature over a claim only proves that it was
// claimed. Source: spec/acta.md §2.4, §3.4, §7.7.

/** Whose walls. `ces_walls` are the house's own boxes; `none` is an explicit, recorded absence. */
export type SandboxBackend = "ces_walls" | "sb_runtime_builtin" | "nono" | "openshell" | "none";

/** Facts of one source. The environment is forgeable by the governed process, which is why its facts stand apart. */
export type SandboxObservation = {
  readonly source: "kernel" | "driver" | "env";
  readonly facts: {
    /** `/proc/self/status`: 0 off, 1 strict, 2 filter. */
    readonly seccomp?: number;
    readonly no_new_privs?: boolean;
    /** Effective capabilities, 16 hex digits. */
    readonly cap_eff?: string;
    readonly landlock?: boolean;
    /** A canary that had to be refused was refused. */
    readonly canary_denied?: boolean;
    readonly driver?: string;
    readonly driver_version?: string;
    readonly driver_session?: string;
    /** `sha256:` of the policy in force, as the driver reports it. */
    readonly policy_digest?: string;
    /** Names of limits that bind, and of limits asked for that do not. */
    readonly held?: readonly string[];
    readonly not_held?: readonly string[];
  };
};

/** The sandbox members of a decision (configured) or an execution (as it was while running). */
export type SandboxMembers = {
  readonly sandbox_backend: SandboxBackend;
  /** 2: policy in user space; 3: policy and kernel enforcement by this layer. Absent without a sandbox. */
  readonly ring?: 2 | 3;
  readonly sandbox_state: "enabled" | "disabled" | "unavailable";
  /** `sha256:` of the configuration that was handed to the backend. */
  readonly sandbox_policy_digest?: string;
  /** Empty when nothing was looked at: readers are warned. */
  readonly sandbox_observed: readonly SandboxObservation[];
};
