import { Anchor } from "@mantine/core";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { EXPLAIN } from "@/lib/paths";
import { DisclosuresOfRecord } from "@/pages/disclosures/OfRecord";
import { EventList } from "@/ui/EventList";
import { Empty, Ready } from "@/ui/States";
import { WhoCanSee } from "@/ui/WhoCanSee";
import { useHere } from "../here";
import { accessQuery, eventsQuery } from "../queries";
import { grantsQuery, useSharing } from "../useGrants";
import { Grants } from "./Grants";
import { More } from "./More";
import classes from "./Tabs.module.css";

/** Who can see the record and why, with whom it was shared; who has seen it and when. */
export function AccessTab({ onShare }: { onShare?: () => void }) {
  const { t } = useTranslation("record");
  const { mayLook } = useSharing();
  const { entity, record } = useHere();
  return (
    <div>
      <section className={classes.group}>
        <h2>{t("access.who")}</h2>
        <Allowed />
        <Anchor
          component={Link}
          to={EXPLAIN}
          search={{ entity: entity.name, record: record.id } as never}
          size="sm"
        >
          {t("access.why")}
        </Anchor>
      </section>
      {mayLook && <Grants onShare={onShare} />}
      <DisclosuresOfRecord />
      <section className={classes.group}>
        <h2>{t("access.seen")}</h2>
        <Seen />
      </section>
    </div>
  );
}

function Allowed() {
  const { t } = useTranslation("record");
  const { entity, record } = useHere();
  const { mayLook } = useSharing();
  const query = useInfiniteQuery(accessQuery(entity.plural, record.id));
  const hangs = record.parent !== null;
  const own = useQuery({ ...grantsQuery(entity.plural, record.id), enabled: hangs && mayLook }).data;
  const onItself = own ? new Set(own.map(({ id }) => id)) : "unknown";
  return (
    <Ready query={query}>
      {(data) => (
        <>
          <WhoCanSee
            entity={entity}
            onItself={hangs ? onItself : undefined}
            people={data.pages.flatMap((page) => page.items)}
            count={data.pages[0]?.count ?? 0}
          />
          <More label={t("more")} query={query} />
        </>
      )}
    </Ready>
  );
}

function Seen() {
  const { t } = useTranslation("record");
  const { entity, record } = useHere();
  const query = useInfiniteQuery(eventsQuery(entity.plural, record.id));
  return (
    <Ready query={query}>
      {(data) => {
        const events = data.pages.flatMap((page) => page.items);
        if (events.length === 0) return <Empty title={t("access.nobody")} />;
        return (
          <>
            <EventList events={events} proofs hideRecord />
            <More label={t("older")} query={query} />
          </>
        );
      }}
    </Ready>
  );
}
