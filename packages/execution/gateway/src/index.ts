// The only way out of the box: a process that speaks exactly the model API, meters it, and holds the key.
export {
  EgressHost,
  GatewayConfig,
  GatewayEvent,
  GatewayUsage,
  Price,
  Reservation,
  Settlement,
  Vendor,
} from "./config.schema.ts";
export type {
  EgressConfig,
  GatewayConfigInput,
  GatewayLimits,
  SpendingLimits,
  Upstream,
  UpstreamAuth,
} from "./config.schema.ts";
export { PRICES, priceOf } from "./price-table.ts";
export { resolveUpstream, type NamedUpstream, type ResolvedUpstream, type UpstreamFacts } from "./resolve-upstream.ts";
export { startGateway, type Admit, type Gateway, type StartGateway } from "./start-gateway.ts";
export { isPublicAddress } from "./public-address.ts";
export { serveEgress, type EgressPorts, type EgressServer } from "./serve-egress.ts";
