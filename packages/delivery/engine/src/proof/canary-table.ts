// Every canary, in the order of results. To add one: a file in `canaries/` and its line here; `test/proof/weak-walls.ts` must see it red.
import type { Canary } from "./canary.ts";
import { deniedRead } from "./canaries/denied-read.ts";
import { deniedWrite } from "./canaries/denied-write.ts";
import { egressTcp } from "./canaries/egress-tcp.ts";
import { egressUdp } from "./canaries/egress-udp.ts";
import { egressUnix } from "./canaries/egress-unix.ts";
import { environment } from "./canaries/environment.ts";
import { forgedStream } from "./canaries/forged-stream.ts";
import { gatewayKey } from "./canaries/gateway-key.ts";
import { hardLink } from "./canaries/hard-link.ts";
import { nameSpace } from "./canaries/name-space.ts";
import { nestedClient } from "./canaries/nested-client.ts";
import { setId } from "./canaries/set-id.ts";
import { stateKeys } from "./canaries/state-keys.ts";
import { symlink } from "./canaries/symlink.ts";
import { sysctl } from "./canaries/sysctl.ts";

/** Each with an id of its own. */
export const canaries: readonly Canary[] = [
  deniedRead,
  deniedWrite,
  symlink,
  hardLink,
  egressTcp,
  egressUdp,
  egressUnix,
  environment,
  stateKeys,
  gatewayKey,
  setId,
  sysctl,
  nameSpace,
  nestedClient,
  forgedStream,
];
