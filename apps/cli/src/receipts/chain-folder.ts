// The folder of a chain that is only judged: anybody's, attacker-controlled, wherever a person got it from. Nothing is written there.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { CesError } from "@ces/kernel";
import { type ChainFiles, MOST_BYTES } from "@ces/receipt-store";
import { readDocument } from "../csc/read-document.ts";

/** Opens it for reading; what cannot be read counts as no receipt. Throws CesError `USAGE_FILE` when it is no folder. */
export function chainFolder(path: string): Pick<ChainFiles, "names" | "read"> {
  const names = namesIn(path);
  return {
    names: () => names,
    read: (name) => {
      try {
        return readDocument(join(path, name), "receipt", MOST_BYTES);
      } catch {
        return undefined;
      }
    },
  };
}

function namesIn(path: string): readonly string[] {
  try {
    return readdirSync(path).filter((name) => !name.startsWith("."));
  } catch {
    throw new CesError("USAGE_FILE", `\`${path}\` is no folder that can be read`, {
      remedy: "name the folder of a chain",
    });
  }
}
