import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useMe } from "@/lib/entities";
import { CoverBanner } from "@/pages/cover/CoverBanner";
import { useValued } from "@/pages/deals/useValued";
import { Page } from "@/ui/Page";
import { Awaiting } from "./blocks/Awaiting";
import { Erasures, LockedSignIns, Refusals, RefusedSignIns } from "./blocks/Ledger";
import { LeadsBySource, LeadsByStatus, NewLeads, PeopleBySource } from "./blocks/Marketing";
import { MyActivities } from "./blocks/MyActivities";
import { MyDeals } from "./blocks/MyDeals";
import { NoRights } from "./blocks/NoRights";
import { OnlyShared } from "./blocks/OnlyShared";
import { ForecastBlock, Pipeline, Teams } from "./blocks/Pipeline";
import { Recent } from "./blocks/Recent";
import { SystemChecks } from "./blocks/SystemChecks";
import classes from "./Home.module.css";
import { blocksOf } from "./rights";

/** The day at a glance: what is to be done, how it stands, what awaits me. */
export default function Home() {
  const { t } = useTranslation("home");
  const me = useMe();
  const has = useMemo(() => blocksOf(me), [me]);
  return (
    <Page title={t("title")} tab={t("title")}>
      <CoverBanner />
      <div className={classes.columns}>
        <div className={classes.column}>
          {has.nothing && <NoRights />}
          {has.onlyShared && <OnlyShared />}
          {has.overview && <Overview />}
          {has.activities && <MyActivities />}
          {has.deals && <MyDeals />}
          {has.marketing && (
            <>
              <LeadsByStatus />
              <LeadsBySource />
            </>
          )}
          {has.signIns && (
            <>
              <LockedSignIns />
              <RefusedSignIns />
            </>
          )}
          {has.ledger && <Refusals />}
          {has.erasures && <Erasures />}
        </div>
        <div className={classes.column}>
          <Awaiting />
          {has.system && <SystemChecks />}
          {has.pipeline && <Stages mine={has.deals} owner={me.user.id} />}
          {has.marketing && (
            <>
              <NewLeads />
              <PeopleBySource />
            </>
          )}
          {has.recent.length > 0 && <Recent entities={has.recent} />}
        </div>
      </div>
    </Page>
  );
}

/** Sums are for those who see values. */
function Overview() {
  const { data: valued, error } = useValued();
  // If it cannot be known, the blocks say themselves what is wrong.
  if (!valued && !error) return null;
  return (
    <>
      <ForecastBlock />
      <Teams />
    </>
  );
}

function Stages({ mine, owner }: { mine: boolean; owner: string }) {
  const filters = useMemo(() => (mine ? [`owner:in:${owner}`] : []), [mine, owner]);
  const { data: valued, error } = useValued();
  if (!valued && !error) return null;
  return <Pipeline mine={mine} filters={filters} />;
}
