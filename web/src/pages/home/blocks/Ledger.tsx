import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { get } from "@/api/client";
import type { HistoryPage, LedgerEvent } from "@/api/types";
import { EventList } from "@/ui/EventList";
import { Ready } from "@/ui/States";
import { Block, Nothing } from "../Block";

const SHOWN = 6;

/** The newest events of some acts. */
function Events({ title, none, acts }: { title: string; none: string; acts: string[] }) {
  const { t } = useTranslation("home");
  const found = useQuery({
    queryKey: ["ledger", "events", "home", acts],
    queryFn: ({ signal }) =>
      get<HistoryPage<LedgerEvent>>("/ledger/events", { act: acts, limit: SHOWN }, signal),
  });
  return (
    <Block title={title} all={{ to: "/ledger", search: { act: acts }, label: t("ledger.open") }}>
      <Ready query={found} rows={3}>
        {({ items }) =>
          items.length === 0 ? <Nothing>{none}</Nothing> : <EventList events={items.slice(0, SHOWN)} />
        }
      </Ready>
    </Block>
  );
}

export function Refusals() {
  const { t } = useTranslation("home");
  return <Events title={t("ledger.refusals")} none={t("ledger.noRefusals")} acts={["access.refused"]} />;
}

export function Erasures() {
  const { t } = useTranslation("home");
  return <Events title={t("ledger.erasures")} none={t("ledger.noErasures")} acts={["subject.erase"]} />;
}

export function LockedSignIns() {
  const { t } = useTranslation("home");
  return <Events title={t("ledger.locked")} none={t("ledger.noLocked")} acts={["login.locked"]} />;
}

export function RefusedSignIns() {
  const { t } = useTranslation("home");
  return <Events title={t("ledger.signIns")} none={t("ledger.noSignIns")} acts={["login.refused"]} />;
}
