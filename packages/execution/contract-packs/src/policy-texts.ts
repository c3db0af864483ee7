// Written by scripts/policy-packs.ts from packs/*/policies; do not edit.

/** The YAML of every pack's policy, by the pack's name. */
export const policyTexts = {
  "dev-readonly": `policy_schema_version: csc.policy.v0.1
name: dev-readonly
allow_commands:
  - git
  - ls
  - cat
  - grep
  - rg
  - find
  - jq
  - python3

deny_argv_prefixes:
  - ["bash", "-lc"]
  - ["sh", "-c"]
  - ["python3", "-c"]
  - ["node", "-e"]

allowed_effect_types:
  - observe

allowed_risk_classes:
  - low

max_timeout_sec: 30
network: deny
allow_secret_refs: false
require_write_paths_empty: true
allowed_cwd_prefixes:
  - /workspace
allowed_read_prefixes:
  - /workspace
`,
  "dev-test-no-network": `policy_schema_version: csc.policy.v0.1
name: dev-test-no-network
allow_commands:
  - git
  - npm
  - node
  - python3
  - pytest
  - make
  - cat
  - jq

deny_argv_prefixes:
  - ["bash", "-lc"]
  - ["sh", "-c"]
  - ["python3", "-c"]
  - ["node", "-e"]

allowed_effect_types:
  - observe
  - transform_local
  - mutate_repo

allowed_risk_classes:
  - low
  - medium

max_timeout_sec: 600
network: deny
allow_secret_refs: false
require_write_paths_empty: false
allowed_cwd_prefixes:
  - /workspace
allowed_read_prefixes:
  - /workspace
allowed_write_prefixes:
  - /workspace
`,
  probe: `# What CES starts to find something out and for no delivery: a box that attacks itself, and programs that only print their version.
# The absolute paths of those programs are added when it is asked; each was found outside every project first.
policy_schema_version: csc.policy.v0.1
name: probe
allow_commands:
  # The first process of the canary box.
  - /bin/sh

allowed_effect_types:
  - observe

allowed_risk_classes:
  - low

max_timeout_sec: 15
network: deny
allow_secret_refs: false
allowed_env: []
allowed_cwd_prefixes:
  - /
allowed_read_prefixes:
  - /usr
  - /etc
  - /workspace
allowed_write_prefixes:
  - /home/agent
  - /tmp
  - /dev/shm

allowed_inline_code:
  - sh
`,
  "regulated-restricted": `policy_schema_version: csc.policy.v0.1
name: regulated-restricted
allow_commands:
  - python3
  - cat
  - jq
  - curl

deny_argv_prefixes:
  - ["bash", "-lc"]
  - ["sh", "-c"]
  - ["python3", "-c"]
  - ["node", "-e"]

allowed_effect_types:
  - observe
  - fetch_external

manual_approval_for_classified_effect_types:
  - financial_action
  - health_data_action
  - touch_customer_data
  - touch_secrets_sensitive

allowed_risk_classes:
  - low
  - medium

max_timeout_sec: 60
network: allowlisted
allow_secret_refs: false
require_write_paths_empty: false
allowed_cwd_prefixes:
  - /workspace
allowed_read_prefixes:
  - /workspace
allowed_write_prefixes:
  - /workspace/out
allowed_egress_hosts:
  - api.sandbox.stripe.com
  - example-internal-gateway.local
`,
  "tier-a": `# The processes that CES itself starts for a delivery of tier A: clients, checks, reviewers, package managers, each in a box of its own.
# What only the sealed manifest knows is added to this when it is asked: the words of its checks and the folders of its toolchain.
policy_schema_version: csc.policy.v0.1
name: tier-a
allow_commands:
  # Starts a check; the program behind it must be one that the manifest seals.
  - /usr/bin/env
  # Starts a package manager.
  - /bin/sh
  # The clients, where their boxes show them.
  - /opt/agent/claude
  - /opt/agent/bin/codex
  - /opt/agent/node

allowed_effect_types:
  - observe
  - transform_local
  - mutate_repo

allowed_risk_classes:
  - low
  - medium
  - high

# The longest that the format knows; how long a run may take is the manifest's budget.
max_timeout_sec: 86400
network: deny
allow_secret_refs: false
allowed_env: []
allowed_cwd_prefixes:
  - /workspace
allowed_read_prefixes:
  - /workspace
  - /home/agent
  - /tmp
  - /dev/shm
  - /usr
  - /etc
  - /opt/agent
  - /opt/ces
  - /review
  - /run/gate
  - /run/kept
allowed_write_prefixes:
  - /workspace
  - /home/agent
  - /tmp
  - /dev/shm

allowed_inline_code:
  - sh
  - env
`,
  "tier-b": `# The processes that CES itself starts for a delivery of tier B: clients, checks, reviewers, package managers, each in a box of its own.
# What only the sealed manifest knows is added to this when it is asked: the words of its checks and the folders of its toolchain.
policy_schema_version: csc.policy.v0.1
name: tier-b
allow_commands:
  # Starts a check; the program behind it must be one that the manifest seals.
  - /usr/bin/env
  # Starts a package manager.
  - /bin/sh
  # The clients, where their boxes show them.
  - /opt/agent/claude
  - /opt/agent/bin/codex
  - /opt/agent/node

allowed_effect_types:
  - observe
  - transform_local
  - mutate_repo

allowed_risk_classes:
  - low
  - medium

# The longest that the format knows; how long a run may take is the manifest's budget.
max_timeout_sec: 86400
network: deny
allow_secret_refs: false
allowed_env: []
allowed_cwd_prefixes:
  - /workspace
allowed_read_prefixes:
  - /workspace
  - /home/agent
  - /tmp
  - /dev/shm
  - /usr
  - /etc
  - /opt/agent
  - /opt/ces
  - /review
  - /run/gate
  - /run/kept
allowed_write_prefixes:
  - /workspace
  - /home/agent
  - /tmp
  - /dev/shm

allowed_inline_code:
  - sh
  - env
`,
  "tier-c": `# The processes that CES itself starts for a delivery of tier C: clients, checks, reviewers, package managers, each in a box of its own.
# What only the sealed manifest knows is added to this when it is asked: the words of its checks and the folders of its toolchain.
policy_schema_version: csc.policy.v0.1
name: tier-c
allow_commands:
  # Starts a check; the program behind it must be one that the manifest seals.
  - /usr/bin/env
  # Starts a package manager.
  - /bin/sh
  # The clients, where their boxes show them.
  - /opt/agent/claude
  - /opt/agent/bin/codex
  - /opt/agent/node

allowed_effect_types:
  - observe
  - transform_local
  - mutate_repo

allowed_risk_classes:
  - low

# The longest that the format knows; how long a run may take is the manifest's budget.
max_timeout_sec: 86400
network: deny
allow_secret_refs: false
allowed_env: []
allowed_cwd_prefixes:
  - /workspace
allowed_read_prefixes:
  - /workspace
  - /home/agent
  - /tmp
  - /dev/shm
  - /usr
  - /etc
  - /opt/agent
  - /opt/ces
  - /review
  - /run/gate
  - /run/kept
allowed_write_prefixes:
  - /workspace
  - /home/agent
  - /tmp
  - /dev/shm

allowed_inline_code:
  - sh
  - env
`,
} as const;
