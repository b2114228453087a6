// Beside the record: what next, whose it is, who can see it, what may be the same.
import { Anchor, Button } from "@mantine/core";
import { IconAlertTriangle, IconCalendarPlus, IconEye } from "@tabler/icons-react";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Row } from "@/api/types";
import { findEntity, PARTIES, reaches, titleOf, useEntities, useMe, useNames } from "@/lib/entities";
import { dateTime, relative } from "@/lib/format";
import { recordPath } from "@/lib/paths";
import { Ready } from "@/ui/States";
import { DoneCheck } from "../DoneCheck";
import { carries, useHere } from "../here";
import { accessQuery, nextQuery } from "../queries";
import { useActs } from "../useActs";
import { Card } from "./Card";
import { Duplicates } from "./Duplicates";
import classes from "./Rail.module.css";

export function Rail({ onOwner, onShare }: { onOwner?: () => void; onShare?: () => void }) {
  const { t } = useTranslation("record");
  const { entity, record } = useHere();
  const entities = useEntities();
  const me = useMe();
  return (
    <aside className={classes.rail} aria-label={t("rail.label")}>
      {carries(entity, entities) && reaches(me, "read", "activity") && <Next />}
      <Card title={t("rail.ownership")}>
        <dl className={classes.pairs}>
          <dt>{t("owner")}</dt>
          <dd>{record.owner.name || t("common:unknownUser")}</dd>
          <dt>{t("team")}</dt>
          <dd>{record.team.name || "–"}</dd>
        </dl>
        {onOwner && (
          <Anchor component="button" type="button" size="xs" onClick={onOwner}>
            {t("acts.owner")}
          </Anchor>
        )}
      </Card>
      <Sharing onShare={onShare} />
      {PARTIES.includes(entity.name) && !record.deleted_at && <Duplicates />}
    </aside>
  );
}

function Next() {
  const { t } = useTranslation("record");
  const { record } = useHere();
  const me = useMe();
  const acts = useActs();
  const query = useQuery(nextQuery(record.id));
  const rows = query.data?.items ?? [];
  return (
    <Card title={t("rail.next")}>
      <Ready query={query} rows={1}>
        {() =>
          rows.length === 0 ? (
            <p className={classes.none}>{t("rail.noNext")}</p>
          ) : (
            <ul className={classes.list}>
              {rows.slice(0, 3).map((row) => (
                <NextRow key={row.id} row={row} />
              ))}
            </ul>
          )
        }
      </Ready>
      {reaches(me, "create", "activity") && !record.deleted_at && rows.length === 0 && query.data && (
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconCalendarPlus size={14} aria-hidden />}
          onClick={() => acts.addTo("activity")}
        >
          {t("rail.plan")}
        </Button>
      )}
    </Card>
  );
}

function NextRow({ row }: { row: Row }) {
  const { t } = useTranslation("record");
  const name = useNames();
  const activities = findEntity(useEntities(), "activity");
  if (!activities) return null;
  const due = typeof row.fields.due === "string" ? row.fields.due : undefined;
  const late = due !== undefined && Date.parse(due) < Date.now();
  const title = titleOf(activities, row.fields) || t("untitled");
  return (
    <li className={classes.next}>
      <DoneCheck row={row} title={title} />
      <span>
        <Link to={recordPath(activities.plural, row.id)}>{title}</Link>
        <span className={classes.sub}>
          {late && <IconAlertTriangle size={12} aria-hidden className={classes.late} />}
          {due && (
            <time dateTime={due} title={due} className={late ? classes.late : undefined}>
              {late ? t("rail.late", { when: relative(due) }) : dateTime(due)}
            </time>
          )}
          <span>{name(String(row.fields.assignee ?? row.owner))}</span>
        </span>
      </span>
    </li>
  );
}

function Sharing({ onShare }: { onShare?: () => void }) {
  const { t } = useTranslation("record");
  const { entity, record } = useHere();
  const query = useInfiniteQuery(accessQuery(entity.plural, record.id));
  return (
    <Card title={t("access.who")} icon={<IconEye size={14} aria-hidden />}>
      <Ready query={query} rows={1}>
        {({ pages }) => (
          <>
            <p className={classes.text}>{t("access.count", { count: pages[0]?.count ?? 0 })}</p>
            <div className={classes.links}>
              <Anchor component={Link} to="." search={{ tab: "access" } as never} state replace size="xs">
                {t("rail.why")}
              </Anchor>
              {onShare && (
                <Anchor component="button" type="button" size="xs" onClick={onShare}>
                  {t("acts.share")}
                </Anchor>
              )}
            </div>
          </>
        )}
      </Ready>
    </Card>
  );
}
