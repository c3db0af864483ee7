// The real key is in the gateway's memory and nowhere else (S01, S07).
import type { LookCanary } from "../canary.ts";
import { searched } from "../searched.ts";

/** The model's key, which only the gateway has. */
export const gatewayKey: LookCanary = {
  kind: "look",
  id: "gateway-key",
  attempts: "find the key that the gateway puts into model requests, in any process and in everything that can be read",
  must: "it reaches the model and is nowhere inside",
  needs_model: true,
  script: ({ pattern }) => `
attempt 'the key stands in an environment' sh -c "cat /proc/[0-9]*/environ | tr '\\\\0' '\\\\n' | grep -qE '${pattern.gateway}'"
attempt 'the key stands in arguments' sh -c "cat /proc/[0-9]*/cmdline | tr '\\\\0' '\\\\n' | grep -qE '${pattern.gateway}'"
${searched("the key", pattern.gateway)}
`,
  breached: ({ model }) =>
    model.keyed ? [] : ["the gateway's key never reached the model, so there was nothing to find"],
};
