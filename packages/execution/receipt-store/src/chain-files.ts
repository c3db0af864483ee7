// What a chain asks of a disk. This room is pure: whoever opens a chain brings the folder.

/** A folder of files that are made once and never changed. Whatever fails throws; the system's code stands in `code` of the error or its cause. */
export type ChainFiles = {
  /** Names of the files; empty when there is no folder yet. */
  readonly names: () => readonly string[];
  /** A file's bytes; undefined when there is none. */
  readonly read: (name: string) => Uint8Array | undefined;
  /** Makes a file, whole and durable, or not at all. False: there is one of that name. */
  readonly create: (name: string, text: string) => boolean;
  /** Runs `work` alone among all writers of the folder. */
  readonly alone: <T>(work: () => T) => T;
};
