import { useQueryClient } from "@tanstack/react-query";
import { lazy, Suspense, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { endSession, get, onUse, serverNow } from "@/api/client";
import type { Me } from "@/api/types";
import { useMe } from "@/lib/entities";
import { time } from "@/lib/format";
import { failed } from "@/lib/undo";
import { useSignOut } from "./ProfileMenu";
import classes from "./SessionWatch.module.css";

const SessionDialog = lazy(() => import("./SessionDialog"));

/** Said this long before the session ends (WCAG 2.2.1 asks for at least 20 s). */
const WARNING_MS = 120_000;

/** When the session was last used, in any tab of this browser. */
function useLastUse(): { current: number } {
  const used = useRef(serverNow());
  useEffect(() => {
    const tabs = new BroadcastChannel("klucznik-use");
    tabs.onmessage = () => {
      used.current = serverNow();
    };
    const off = onUse(() => {
      used.current = serverNow();
      tabs.postMessage("used");
    });
    return () => {
      off();
      tabs.close();
    };
  }, []);
  return used;
}

/** Announces the session's end, extends it where that is possible, and lets nothing stay on screen after it. */
export function SessionWatch() {
  const { t } = useTranslation();
  const me = useMe();
  const client = useQueryClient();
  const signOut = useSignOut();
  const used = useLastUse();
  const [left, setLeft] = useState<number | null>(null);
  // Once it was read that the end cannot be put off, there is work to be saved.
  const [told, setTold] = useState(false);
  const last = new Date(me.session_ends_at).getTime();
  useEffect(() => {
    const idle = (me.session_idle_s || 1800) * 1000;
    const look = () => {
      const rest = Math.min(used.current + idle, last) - serverNow();
      setLeft(rest < WARNING_MS ? Math.max(0, Math.ceil(rest / 1000)) : null);
      if (rest <= 0) endSession();
    };
    const timer = window.setInterval(look, 1000);
    return () => window.clearInterval(timer);
  }, [me.session_idle_s, last, used]);
  const extend = async () => {
    try {
      client.setQueryData(["me"], await get<Me>("/me"));
      setLeft(null);
    } catch (error) {
      failed(error);
    }
  };
  if (left === null) return null;
  const final = last - serverNow() < WARNING_MS;
  if (final && told)
    return (
      <div className={classes.bar} role="status">
        {t("session.at", { time: time(new Date(last)) })}
      </div>
    );
  return (
    <Suspense>
      <SessionDialog
        left={left}
        final={final}
        onGoOn={() => (final ? setTold(true) : void extend())}
        onSignOut={() => void signOut()}
      />
    </Suspense>
  );
}
