// Confirming at a provider in a window of its own, so that this page stays, with what was typed into it. Neither window
// has a handle on the other once the provider is there. What they say to each other reaches pages of this very origin
// alone, holds nothing, and proves nothing: it is a reason to ask the server.
import { request } from "@/api/client";
import type { SignOnBegun } from "@/api/types";

/** Where the window goes in the end. */
export const CONFIRMED = "/confirmed";

type Said = "confirmed" | "anybody" | "waiting";
const channel = () => new BroadcastChannel("klucznik-confirm");
/** A page that waits answers at once. */
const ANSWER_MS = 500;

/** Opens the window; tells whether the browser let it. To be called by a press, or no browser does. */
export async function openAt(provider: string): Promise<boolean> {
  const there = window.open("about:blank", "_blank", "popup,width=560,height=760");
  if (!there) return false;
  // Whatever the provider's page does, it reaches nothing of this one.
  there.opener = null;
  try {
    const body = { provider, back: CONFIRMED, confirm: true };
    const { address } = await request<SignOnBegun>("POST", "/sign-on", { body });
    there.location.replace(address);
  } catch (error) {
    there.close();
    throw error;
  }
  return true;
}

/** Hears that it was confirmed, and says to the window that somebody waits for it. */
export function awaitConfirmed(onConfirmed: () => void): () => void {
  const others = channel();
  others.onmessage = ({ data }: MessageEvent<Said>) => {
    if (data === "anybody") others.postMessage("waiting" satisfies Said);
    if (data === "confirmed") onConfirmed();
  };
  return () => others.close();
}

/** Says that it was confirmed. */
export function sayConfirmed(): void {
  const others = channel();
  others.postMessage("confirmed" satisfies Said);
  others.close();
}

/** Whether another page waits for what becomes of this one. */
export function isAwaited(): Promise<boolean> {
  const others = channel();
  const answer = new Promise<boolean>((resolve) => {
    others.onmessage = ({ data }: MessageEvent<Said>) => data === "waiting" && resolve(true);
    setTimeout(() => resolve(false), ANSWER_MS);
  });
  others.postMessage("anybody" satisfies Said);
  return answer.finally(() => others.close());
}
