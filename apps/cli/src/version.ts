// The version that `ces --version` says, in a file of its own: the fastest answer loads nothing else.

/** Version of this CES; a test holds it equal to the package's. */
export const VERSION = "0.1.0";
