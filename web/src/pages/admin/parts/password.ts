// Passwords made here can be read aloud and typed over without mistakes.

/** Signs that are not taken for one another: no 0 and o, no 1, i and l, no u and v. */
export const SIGNS = "abcdefghjkmnpqrstwxyz23456789";

/** Twenty signs in four groups: 97 bits, all by chance. */
export function makePassword(): string {
  // What does not fit evenly is thrown away, so that every sign is as likely.
  const limit = 256 - (256 % SIGNS.length);
  let signs = "";
  while (signs.length < 20) {
    for (const byte of crypto.getRandomValues(new Uint8Array(32))) {
      if (byte < limit && signs.length < 20) signs += SIGNS[byte % SIGNS.length];
    }
  }
  return signs.replace(/(.{5})(?=.)/g, "$1-");
}
