// Nobody tells a partner's user by a stream what changed: whoever goes to another page or comes back to the window asks,
// and so does the clock when something ends.
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useRouterState } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { serverNow } from "@/api/client";
import { meQuery, noticesQuery } from "@/api/queries";
import { useMe } from "@/lib/entities";

const NOTICES_MS = 60_000;
/** What was read this long ago is asked again. */
const OLD_MS = 10_000;
const LONGEST_MS = 2 ** 31 - 1;
const SLACK_MS = 500;

const needed = ({ queryKey }: { queryKey: readonly unknown[] }) =>
  ["me", "entities", "preferences"].includes(String(queryKey[0]));

export function useFresh(): void {
  const client = useQueryClient();
  const { policy_version: version, partner } = useMe();
  const here = useRouterState({ select: (s) => s.location.pathname });
  // Asking for them does not count as a use of the session.
  useQuery({ ...noticesQuery, refetchInterval: NOTICES_MS });

  const known = useRef(version);
  useEffect(() => {
    if (known.current === version) return;
    known.current = version;
    // Other rights: nothing that was read under the old ones stays.
    void client.invalidateQueries({ predicate: needed });
    void client.resetQueries({ predicate: (query) => !needed(query) });
  }, [client, version]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: asked at each other page
  useEffect(() => {
    const look = () => {
      const at = client.getQueryState(meQuery.queryKey)?.dataUpdatedAt ?? 0;
      if (!document.hidden && Date.now() - at > OLD_MS)
        void client.invalidateQueries({ queryKey: meQuery.queryKey });
    };
    look();
    window.addEventListener("focus", look);
    document.addEventListener("visibilitychange", look);
    return () => {
      window.removeEventListener("focus", look);
      document.removeEventListener("visibilitychange", look);
    };
  }, [client, here]);

  const end = partner?.ends_next;
  useEffect(() => {
    if (!end) return;
    const left = Date.parse(end) - serverNow() + SLACK_MS;
    const timer = window.setTimeout(
      () => void client.invalidateQueries({ queryKey: meQuery.queryKey }),
      Math.min(Math.max(left, SLACK_MS), LONGEST_MS),
    );
    return () => window.clearTimeout(timer);
  }, [client, end]);
}
