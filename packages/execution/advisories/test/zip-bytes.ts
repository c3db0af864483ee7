// Zips as a test wants them, honest or not: every field of an entry can be a lie.
import { crc32, deflateRawSync } from "node:zlib";

/** One entry. What is not given is what an honest writer would write. */
export interface ZipEntry {
  readonly name: string;
  readonly text: string;
  readonly claimed_size?: number;
  readonly claimed_crc?: number;
  readonly flags?: number;
}

/** The bytes of a zip with these entries. */
export function zipBytes(entries: readonly ZipEntry[]): Buffer {
  const locals: Buffer[] = [];
  const centrals: Buffer[] = [];
  let at = 0;
  for (const { name, text, claimed_size, claimed_crc, flags = 0 } of entries) {
    const raw = Buffer.from(text, "utf8");
    const packed = deflateRawSync(raw);
    const path = Buffer.from(name, "utf8");
    const fields = Buffer.alloc(22);
    fields.writeUInt16LE(flags, 0);
    fields.writeUInt16LE(8, 2);
    fields.writeUInt16LE(0x5d61, 6);
    fields.writeUInt32LE(claimed_crc ?? crc32(raw), 8);
    fields.writeUInt32LE(packed.length, 12);
    fields.writeUInt32LE(claimed_size ?? raw.length, 16);
    fields.writeUInt16LE(path.length, 20);
    const local = Buffer.concat([Buffer.from("504b03041400", "hex"), fields, Buffer.alloc(2), path, packed]);
    const central = Buffer.concat([Buffer.from("504b010214001400", "hex"), fields, Buffer.alloc(12), offset(at), path]);
    central.writeUInt16LE(0, 30);
    locals.push(local);
    centrals.push(central);
    at += local.length;
  }
  const directory = Buffer.concat(centrals);
  const end = Buffer.alloc(22);
  end.write("504b0506", 0, "hex");
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...locals, directory, end]);
}

function offset(at: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(at);
  return bytes;
}

/** A zip of OSV records, one entry each. */
export const zipOf = (records: readonly { readonly id: string; readonly withdrawn?: string }[]): Buffer =>
  zipBytes(records.map((record) => ({ name: `${record.id}.json`, text: JSON.stringify(record) })));
