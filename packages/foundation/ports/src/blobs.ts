// Large, immutable bytes (transcripts, outputs) by content address.
export interface BlobRef {
  readonly sha256: string;
  readonly bytes: number;
}
export interface Blobs {
  put(bytes: Uint8Array): BlobRef;
  get(sha256: string): Uint8Array | undefined;
}
