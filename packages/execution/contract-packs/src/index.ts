// Policies that come with CES, for command contracts.
export { type PackName, packNames, packPolicy, packText } from "./pack-policy.ts";
export { type SealedGrants, type Tier, tierPolicy } from "./tier-policy.ts";
