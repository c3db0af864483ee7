// The name of this account, as a label beside what was decided; never an identity.
import { userInfo } from "node:os";

/** The login name, or the uid where the account has none. */
export function homeUser(): string {
  try {
    return userInfo().username;
  } catch {
    return `uid ${process.getuid?.() ?? "?"}`;
  }
}
