// A private key as it is stored: PKCS#8 in PEM. Under a passphrase the key is derived by scrypt; node's own export would derive it by 2,048 rounds of
// PBKDF2, which is too few to be worth the trouble, and takes no other number. What is written here is read by OpenSSL and by node.
// Source: RFC 5958 §3, RFC 7914 §7, RFC 8018 §6.2 and appendix B.
import { createCipheriv, type KeyObject, randomBytes, scryptSync } from "node:crypto";

// 16 MiB for each guess; OpenSSL reads at most 32.
const SCRYPT = { N: 16_384, r: 8, p: 5 };

const OID = {
  pbes2: "06092a864886f70d01050d",
  scrypt: "06092b06010401da47040b",
  aes256Cbc: "060960864801650304012a",
};

/** The PEM of a key, under a passphrase if one is given. */
export function keyText(key: KeyObject, passphrase?: string): string {
  if (passphrase === undefined) return key.export({ type: "pkcs8", format: "pem" }).toString();
  const plain = key.export({ type: "pkcs8", format: "der" });
  const [salt, iv] = [randomBytes(16), randomBytes(16)];
  const secret = scryptSync(passphrase, salt, 32, SCRYPT);
  const cipher = createCipheriv("aes-256-cbc", secret, iv);
  const locked = Buffer.concat([cipher.update(plain), cipher.final()]);
  plain.fill(0);
  secret.fill(0);
  return armoured(sequence(algorithm(salt, iv), der(0x04, locked)));
}

function algorithm(salt: Buffer, iv: Buffer): Buffer {
  const cost = sequence(der(0x04, salt), whole(SCRYPT.N), whole(SCRYPT.r), whole(SCRYPT.p));
  const derivation = sequence(Buffer.from(OID.scrypt, "hex"), cost);
  const encryption = sequence(Buffer.from(OID.aes256Cbc, "hex"), der(0x04, iv));
  return sequence(Buffer.from(OID.pbes2, "hex"), sequence(derivation, encryption));
}

function sequence(...parts: readonly Buffer[]): Buffer {
  return der(0x30, Buffer.concat(parts));
}

// Two bytes hold every number here; a first bit that is set would make it negative.
function whole(value: number): Buffer {
  const bytes = value < 0x80 ? [value] : [value >> 8, value & 0xff];
  return der(0x02, Buffer.from(bytes));
}

function der(tag: number, content: Buffer): Buffer {
  const { length } = content;
  const head = length < 0x80 ? [tag, length] : [tag, 0x81, length];
  return Buffer.concat([Buffer.from(head), content]);
}

function armoured(bytes: Buffer): string {
  const lines = bytes.toString("base64").match(/.{1,64}/g) ?? [];
  return `-----BEGIN ENCRYPTED PRIVATE KEY-----\n${lines.join("\n")}\n-----END ENCRYPTED PRIVATE KEY-----\n`;
}
