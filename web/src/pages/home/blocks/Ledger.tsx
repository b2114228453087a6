import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { get } from "@/api/client";
import type { HistoryPage, LedgerEvent } from "@/api/types";
import { EventList } from "@/ui/EventList";
import { Ready } from "@/ui/States";
import { Block, Nothing } from "../Block";

const SHOWN = 6;

interface Props {
  title: string;
  none: string;
  acts: string[];
  /** Which of the acts' events are shown; all if absent. */
  only?: (event: LedgerEvent) => boolean;
  /** How many are asked for, so that enough of them are shown. */
  limit?: number;
}

/** The newest events of some acts. */
function Events({ title, none, acts, only = () => true, limit = SHOWN }: Props) {
  const { t } = useTranslation("home");
  const found = useQuery({
    queryKey: ["ledger", "events", "home", acts],
    queryFn: ({ signal }) =>
      get<HistoryPage<LedgerEvent>>("/ledger/events", { act: acts, limit }, signal).then(({ items }) =>
        items.filter(only).slice(0, SHOWN),
      ),
  });
  return (
    <Block title={title} all={{ to: "/ledger", search: { act: acts }, label: t("ledger.open") }}>
      <Ready query={found} rows={3}>
        {(events) => (events.length === 0 ? <Nothing>{none}</Nothing> : <EventList events={events} />)}
      </Ready>
    </Block>
  );
}

export function Refusals() {
  const { t } = useTranslation("home");
  return <Events title={t("ledger.refusals")} none={t("ledger.noRefusals")} acts={["access.refused"]} />;
}

/** An erasure is several events: that records went, why, and that the key did. The one that says why stands for it. */
export const saysWhy = ({ detail }: LedgerEvent): boolean =>
  typeof detail === "object" && detail !== null && "reason" in detail;

export function Erasures() {
  const { t } = useTranslation("home");
  return (
    <Events
      title={t("ledger.erasures")}
      none={t("ledger.noErasures")}
      acts={["subject.erase"]}
      only={saysWhy}
      limit={SHOWN * 4}
    />
  );
}

export function LockedSignIns() {
  const { t } = useTranslation("home");
  return <Events title={t("ledger.locked")} none={t("ledger.noLocked")} acts={["login.locked"]} />;
}

export function RefusedSignIns() {
  const { t } = useTranslation("home");
  return <Events title={t("ledger.signIns")} none={t("ledger.noSignIns")} acts={["login.refused"]} />;
}
