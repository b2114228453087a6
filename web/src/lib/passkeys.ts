// Passkeys, given and taken as the JSON of W3C Web Authentication Level 3.
import i18next from "i18next";
import { request } from "@/api/client";
import type { FactorAwaited, Proof } from "@/api/types";

/** Whether this browser can use passkeys. */
export const hasPasskeys = (): boolean =>
  typeof PublicKeyCredential !== "undefined" &&
  "parseRequestOptionsFromJSON" in PublicKeyCredential &&
  "parseCreationOptionsFromJSON" in PublicKeyCredential;

type Why = "cancelled" | "known" | "address" | "elsewhere" | "unsupported" | "failed";

/** Why there was none, in words. */
export class PasskeyFailure extends Error {
  constructor(why: Why = "failed") {
    super(i18next.t(`factors:passkey.${why}`));
  }
}

/** By the name of what the browser throws. */
const WHY: Record<string, Why> = {
  NotAllowedError: "cancelled",
  AbortError: "cancelled",
  InvalidStateError: "known",
  SecurityError: "address",
  NotSupportedError: "unsupported",
};

async function told(work: () => Promise<Credential | null>): Promise<Record<string, unknown>> {
  if (!hasPasskeys()) throw new PasskeyFailure("unsupported");
  try {
    const credential = await work();
    if (credential instanceof PublicKeyCredential) return { ...credential.toJSON() };
  } catch (error) {
    throw new PasskeyFailure(WHY[error instanceof Error ? error.name : ""]);
  }
  throw new PasskeyFailure();
}

/** Asks for the passkey that is awaited, to show it to the server. */
export async function passkeyProof({ passkey }: FactorAwaited): Promise<Proof> {
  if (!passkey) throw new PasskeyFailure("elsewhere");
  const options = passkey as unknown as PublicKeyCredentialRequestOptionsJSON;
  const get = () =>
    navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
  return { passkey: await told(get) };
}

/** Asks for any passkey of this server, to sign in without a login and a password. */
export async function passkeyAlone(): Promise<Proof> {
  return passkeyProof(await request<FactorAwaited>("POST", "/sessions/passkey"));
}

/** Makes a new passkey. */
export function makePasskey(
  options: PublicKeyCredentialCreationOptionsJSON,
): Promise<Record<string, unknown>> {
  return told(() =>
    navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) }),
  );
}
