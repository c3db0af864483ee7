// The rules of a governed agent: what may be done, decided in linear time, with reasons.
export {};
