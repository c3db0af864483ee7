// Sandboxes that others own: found, driven in versions that were read, observed.
export {};
