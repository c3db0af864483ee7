// Policies that come with CES, for command contracts.
export { type AllowedContract, allowedUnder, type JudgedContract, judgedUnder } from "./allowed-under.ts";
export { type PackName, packNames, packPolicy, packText } from "./pack-policy.ts";
export { type AllowProbe, probeContract, type ProbeGround, type ProbeStart } from "./probe-contract.ts";
export { type SealedGrants, type Tier, tierPolicy } from "./tier-policy.ts";
