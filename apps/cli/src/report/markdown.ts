// The report as Markdown. SECURITY: S27 — everything foreign is escaped, so that a request or a file name can be neither
// markup nor HTML wherever the report is shown.
import { printable } from "@ces/kernel";
import type { StoryStep } from "../story/story-steps.ts";
import type { Story } from "../story/read-story.ts";

/** Foreign text inside Markdown: shown as it is, never interpreted. */
export function markdownText(text: string): string {
  return (
    printable(text, { max: 4_000 })
      .replace(/[\\`*_[\]!|~$^]/g, "\\$&")
      .replace(/[<>&"'@]|:(?=\/\/)/g, (char) => entities[char] ?? "")
      // What would begin a list, a heading or a rule stands behind something that is none.
      .replace(/^([-+#=]|\d+(?=[.)]))/, "&#8203;$1")
  );
}

const entities: Readonly<Record<string, string>> = {
  "<": "&lt;",
  ">": "&gt;",
  "&": "&amp;",
  '"': "&quot;",
  "'": "&#39;",
  "@": "&#64;",
  ":": "&#58;",
};

/** The whole report. */
export function reportMarkdown(story: Story, steps: readonly StoryStep[]): string {
  const { report, evidence } = story;
  const text = markdownText;
  return [
    `# ${text(report.request)}`,
    rows([
      ["Delivery", report.delivery_id],
      ["State", report.state],
      ["Contract", report.manifest_id],
      ["Evidence", report.evidence_id],
      [
        "Risk",
        report.tier === null
          ? null
          : `tier ${report.tier}, ${report.behavior_confidence ?? ""}, ${report.change_class ?? ""}`,
      ],
      ["Triage", report.triage],
      ["Runtime", `${report.runtime} ${report.runtime_version ?? ""} ${report.model ?? ""}`],
      ["Receipts", receiptsText(report.receipts)],
      ["Merged as", report.merged_commit],
      ["Next", report.next],
    ]),
    section(
      "What happened",
      steps.map(({ stage, state, text: told }) => `**${stage}** (${state}) ${text(told)}`),
    ),
    section(
      "Why it stands",
      report.blockers.map(({ code, text: why }) => `${text(why)} (${text(code)})`),
    ),
    section("Files", report.files.map(text)),
    section(
      "Checks",
      report.checks.map(
        ({ command, outcome, passed, failed }) =>
          `${text(command)}: ${outcome}, ${passed ?? "?"} passed, ${failed ?? "?"} failed`,
      ),
    ),
    section("For it", evidence?.decision_view.arguments_for.map(text) ?? []),
    section("Against it", evidence?.decision_view.arguments_against.map(text) ?? []),
    section("Risks that are left", evidence?.decision_view.unresolved_risks.map(text) ?? []),
    section("Left behind and never used", report.left_behind.map(text)),
  ]
    .filter((part) => part !== "")
    .join("\n\n")
    .concat("\n");
}

/** Where the signed receipts of this project stood, and how to check them. */
function receiptsText(head: Story["report"]["receipts"]): string | null {
  return head === null || head === undefined || head.terminal_hash === null
    ? null
    : `${head.count} signed by ${head.kid} up to ${head.terminal_hash}; check with: ces receipts chain`;
}

function rows(all: readonly (readonly [string, string | null])[]): string {
  const shown = all
    .filter(([, value]) => value !== null)
    .map(([name, value]) => `| ${name} | ${markdownText(value ?? "")} |`);
  return ["| | |", "|---|---|", ...shown].join("\n");
}

function section(title: string, items: readonly string[]): string {
  return items.length === 0 ? "" : `## ${title}\n\n${items.map((item) => `- ${item}`).join("\n")}`;
}
