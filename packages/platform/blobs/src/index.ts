// Content-addressed bytes on disk.
export { openBlobs } from "./open-blobs.ts";
