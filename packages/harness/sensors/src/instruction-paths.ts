// Names that coding agents take for instructions or configuration. Matched per path segment, without regard to case.
const files = new Set([
  "agents.md",
  "agents.override.md",
  "agent.md",
  "claude.md",
  "claude.local.md",
  "gemini.md",
  "skill.md",
  "copilot-instructions.md",
  "conventions.md",
  ".cursorrules",
  ".windsurfrules",
  ".clinerules",
  ".roorules",
  ".goosehints",
  ".aider.conf.yml",
  ".mcp.json",
  "opencode.json",
  ".rules",
]);
const folders = new Set([
  ".claude",
  ".codex",
  ".agents",
  ".agent",
  ".cursor",
  ".gemini",
  ".windsurf",
  ".continue",
  ".roo",
  ".kiro",
  ".clinerules",
  ".amazonq",
  ".opencode",
  ".junie",
  ".claude-plugin",
]);

/** True for one segment (file or folder name) that an agent would act on. */
export function isInstructionName(segment: string): boolean {
  // Case folding and compatibility forms: a case-insensitive checkout must not decide this.
  const folded = segment.normalize("NFKC").toLowerCase();
  return files.has(folded) || folders.has(folded);
}

/** True when any segment of the path is such a name. */
export function isInstructionPath(path: string): boolean {
  return path.split("/").some(isInstructionName);
}
