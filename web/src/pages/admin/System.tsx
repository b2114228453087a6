import { Button } from "@mantine/core";
import { IconRefresh } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { SystemState } from "@/api/types";
import { mayManage, useMe } from "@/lib/entities";
import { bytes, dateTime, number } from "@/lib/format";
import { Ready } from "@/ui/States";
import { AdminPage } from "./parts/AdminPage";
import { Facts, Panel } from "./parts/Panel";
import { systemQuery } from "./queries";
import { Checks } from "./system/Checks";
import { DeadJobs } from "./system/DeadJobs";
import { Index } from "./system/Index";
import { Keys } from "./system/Keys";
import classes from "./system/System.module.css";

export default function System() {
  const { t } = useTranslation("admin");
  const me = useMe();
  // Whoever may look at the keys alone is not refused the rest.
  const asks = mayManage(me, "system") || !mayManage(me, "keys");
  const system = useQuery({ ...systemQuery, enabled: asks });
  return (
    <AdminPage
      title={t("card.system.name")}
      tab={t("card.system.name")}
      actions={
        asks && (
          <Button
            variant="default"
            leftSection={<IconRefresh size={16} aria-hidden />}
            loading={system.isFetching}
            onClick={() => void system.refetch()}
          >
            {t("system.again")}
          </Button>
        )
      }
    >
      {asks && (
        <Ready query={system}>
          {(state) => (
            <>
              <Checks checks={state.checks} />
              <DeadJobs />
              <div className={classes.grid}>
                <Program state={state} />
                <Store state={state} />
                <Index index={state.index} />
                <Backup backup={state.backup} />
                <Certificate state={state} />
              </div>
            </>
          )}
        </Ready>
      )}
      {mayManage(me, "keys") && <Keys />}
    </AdminPage>
  );
}

/** Days, hours and minutes, the two greatest of them. */
function useDuration(): (seconds: number) => string {
  const { t } = useTranslation("admin");
  return (seconds) => {
    const [days, hours, minutes] = [seconds / 86_400, (seconds % 86_400) / 3600, (seconds % 3600) / 60].map(
      Math.floor,
    ) as [number, number, number];
    if (days > 0) return `${t("time.days", { count: days })} ${t("time.hours", { count: hours })}`;
    if (hours > 0) return `${t("time.hours", { count: hours })} ${t("time.minutes", { count: minutes })}`;
    return t("time.minutes", { count: minutes });
  };
}

function Program({ state }: { state: SystemState }) {
  const { t } = useTranslation("admin");
  const duration = useDuration();
  return (
    <Panel title={t("system.program")}>
      <Facts
        items={[
          [t("system.version"), state.version],
          [t("system.organisation"), state.organisation],
          [t("system.engine"), `${state.engine.kind} ${state.engine.version}`],
          [t("system.started"), `${dateTime(state.started_at)} (${duration(state.uptime_s)})`],
          [t("system.clock"), dateTime(state.clock)],
          [t("system.sessions"), number(state.sessions)],
          [t("system.jobs"), t("system.jobsText", { ...state.jobs })],
          [t("system.csp"), number(state.csp_reports ?? 0)],
        ]}
      />
    </Panel>
  );
}

function Store({ state: { store, ledger } }: { state: SystemState }) {
  const { t } = useTranslation("admin");
  return (
    <Panel title={t("system.store")}>
      <Facts
        items={[
          [t("system.records"), number(store.records)],
          [t("system.size"), bytes(store.bytes)],
          [t("system.free"), store.free_bytes !== null && bytes(store.free_bytes)],
          [t("system.reserve"), store.reserve_ok ? t("system.reserveOk") : t("system.reserveGone")],
          [t("system.events"), number(store.events)],
          [t("system.checkpoint"), ledger.checkpoint_at && dateTime(ledger.checkpoint_at)],
        ]}
      />
    </Panel>
  );
}

function Backup({ backup: { made, verified, scheduled } }: { backup: SystemState["backup"] }) {
  const { t } = useTranslation("admin");
  return (
    <Panel title={t("system.backup")}>
      <Facts
        items={[
          [t("system.backupScheduled"), scheduled ? t("system.backupBySelf") : t("system.backupByHand")],
          [t("system.backupMade"), made ? dateTime(made.at) : t("system.backupNone")],
          [t("system.backupVerified"), verified ? dateTime(verified.at) : t("system.backupUnproved")],
        ]}
      />
    </Panel>
  );
}

function Certificate({ state: { certificate } }: { state: SystemState }) {
  const { t } = useTranslation("admin");
  if (!certificate) return null;
  return (
    <Panel title={t("system.certificate")}>
      <Facts
        items={[
          [t("system.subject"), certificate.subject],
          [t("system.validTo"), dateTime(certificate.not_after)],
          [t("system.daysLeft"), t("time.days", { count: certificate.days_left })],
          [t("system.issuer"), certificate.own ? t("system.ownIssuer") : t("system.otherIssuer")],
        ]}
      />
    </Panel>
  );
}
