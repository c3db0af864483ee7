// Who drives a delivery (S33). Two kernel locks decide, both die with their holders: the driver's, and the one every box of
// the delivery holds while it lives. The row in the trail says who, and its number fences whatever a stale driver still sends.
import { lstatSync } from "node:fs";
import { join } from "node:path";
import type { Clock } from "@ces/kernel";
import type { Lease, LeaseResult, Leases } from "@ces/ports";
import { ownedDirectory } from "@ces/files";
import { makeFile, takeLock } from "./kernel-lock.ts";
import type { OpenStore } from "./open-store.ts";

/**
 * Where the lock files lie. `lock_directory` is ours and 0700. `box_lock_directory` must let the box's user pass (0711) when
 * boxes run as another user; its files are 0644, readable and never writable by a box.
 */
export type LeasePlace = {
  readonly lock_directory: string;
  readonly box_lock_directory: string;
  readonly clock: Clock;
  readonly pid: number;
};

const DELIVERY_ID = /^D-[0-9a-f]{12}$/;

/** Leases over a store and two folders that exist. Throws CesError STATE_UNSAFE. */
export function openLeases(store: OpenStore, place: LeasePlace): Leases {
  ownedDirectory(place.lock_directory);
  const boxLockFile = (delivery_id: string): string => {
    const path = join(place.box_lock_directory, `${checked(delivery_id)}.box`);
    makeFile(path, 0o644);
    return path;
  };
  return {
    boxLockFile,
    holdIdle: (delivery_id) => takeLock(driverLock(place, checked(delivery_id)), { wait_ms: 0, mode: 0o600 })?.release,
    acquire: (delivery_id, who) => acquire(store, place, { delivery_id, who, box: boxLockFile(delivery_id) }),
  };
}

type Wanted = { readonly delivery_id: string; readonly who: string; readonly box: string };

function acquire(store: OpenStore, place: LeasePlace, wanted: Wanted): LeaseResult {
  const { delivery_id, who } = wanted;
  const lock = takeLock(driverLock(place, delivery_id), { wait_ms: 0, mode: 0o600 });
  if (!lock) return { kind: "busy", holder: holderOf(store, delivery_id) };
  try {
    // The driver's lock is ours, so no new box can be started while this looks for an old one.
    if (!isFree(wanted.box)) {
      lock.release();
      return { kind: "box_alive" };
    }
    const fence = store.grantFence(delivery_id, { pid: place.pid, who, since: place.clock.now() });
    const lease: Lease = { delivery_id, fence, release: lock.release };
    return { kind: "held", lease };
  } catch (error) {
    lock.release();
    throw error;
  }
}

const driverLock = (place: LeasePlace, delivery_id: string): string =>
  join(place.lock_directory, `${delivery_id}.driver`);

function holderOf(
  store: OpenStore,
  delivery_id: string,
): { readonly pid: number; readonly since: string; readonly who: string } | null {
  const row = store.leaseOf(delivery_id);
  return row ? { pid: row.pid, since: row.since, who: row.who } : null;
}

function isFree(path: string): boolean {
  if (!lstatSync(path, { throwIfNoEntry: false })) return true;
  const lock = takeLock(path, { wait_ms: 0, mode: 0o644 });
  lock?.release();
  return lock !== undefined;
}

// SECURITY: the id becomes a file name.
function checked(delivery_id: string): string {
  if (DELIVERY_ID.test(delivery_id)) return delivery_id;
  throw new RangeError(`\`${delivery_id}\` is not a delivery id`);
}
