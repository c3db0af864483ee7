// The fenced block in which an agent says what it did (spec/ces §8.4). The claim counts for nothing; it is compared.
import type { Claim } from "@ces/records";

/** The tag of the fence. */
export const completionTag = "ces:completion";

/** The block for a claim, ready to be said. */
export function completionBlock(claim: Claim): string {
  return `\`\`\`${completionTag}\n${JSON.stringify(claim, null, 2)}\n\`\`\``;
}
