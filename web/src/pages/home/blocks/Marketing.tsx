import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { listQuery, totalsQuery } from "@/api/queries";
import { inWords } from "@/i18n";
import { addDays, dateFrom, dayOf } from "@/lib/days";
import { fieldOf, onlyFields, titleOf, useEntity, useMe } from "@/lib/entities";
import { number, relative } from "@/lib/format";
import { listPath, recordPath } from "@/lib/paths";
import { BarTable } from "@/ui/chart";
import { Ready } from "@/ui/States";
import { Block, Nothing } from "../Block";
import classes from "../Home.module.css";

const DAYS = 30;
const since = () => addDays(dayOf(new Date()), -DAYS);

interface Props {
  title: string;
  entity: string;
  field: string;
  /** Conditions that the counted records fulfil, and the same for the address of the list. */
  filters?: string[];
  listFilters?: string[];
}

/** How many records have each choice of a field. Counting is all that is asked: no record is shown. */
function Choices({ title, entity: name, field: fieldName, filters = [], listFilters = filters }: Props) {
  const { t } = useTranslation("home");
  const entity = useEntity(name);
  const field = fieldOf(entity, fieldName);
  const totals = useQuery({
    ...totalsQuery(entity.plural, { group: fieldName, filter: filters }),
    staleTime: 5 * 60_000,
    select: (found) =>
      found
        .map(({ group, count }) => ({
          condition: group === null ? `${fieldName}:empty` : `${fieldName}:in:${group}`,
          label: inWords(field?.choices?.find((choice) => choice.code === group)?.label) || t("notGiven"),
          count,
        }))
        .sort((a, b) => b.count - a.count),
  });
  return (
    <Block title={title}>
      <Ready rows={4} query={totals}>
        {(rows) =>
          rows.length === 0 ? (
            <Nothing>{t("nothingYet")}</Nothing>
          ) : (
            <BarTable
              label={title}
              heads={[inWords(field?.label), t("records")]}
              rows={rows.map((row) => ({
                key: row.condition,
                value: row.count,
                label: (
                  <Link to={listPath(entity.plural)} search={{ f: [row.condition, ...listFilters] } as never}>
                    {row.label}
                  </Link>
                ),
                cells: [number(row.count)],
              }))}
            />
          )
        }
      </Ready>
    </Block>
  );
}

/** Of the last thirty days. */
const recently = () => ({
  filters: [`created_at:gte:${dateFrom(since()).toISOString()}`],
  listFilters: [`created_at:gte:${since()}`],
});

export function LeadsByStatus() {
  const { t } = useTranslation("home");
  return <Choices title={t("leads.status", { days: DAYS })} entity="lead" field="status" {...recently()} />;
}

export function LeadsBySource() {
  const { t } = useTranslation("home");
  return <Choices title={t("leads.source", { days: DAYS })} entity="lead" field="source" {...recently()} />;
}

export function PeopleBySource() {
  const { t } = useTranslation("home");
  return <Choices title={t("people.source")} entity="person" field="source" />;
}

export function NewLeads() {
  const { t } = useTranslation("home");
  const entity = useEntity("lead");
  const fields = onlyFields(useMe(), entity, [entity.title, "status"]);
  const found = useQuery(listQuery(entity.plural, { sort: "-created_at", limit: 8, fields }));
  const status = fieldOf(entity, "status");
  return (
    <Block
      title={t("leads.newest")}
      all={{ to: listPath(entity.plural), search: { s: "-created_at" }, label: t("showAll") }}
    >
      <Ready query={found} rows={4}>
        {({ items }) =>
          items.length === 0 ? (
            <Nothing>{t("leads.none")}</Nothing>
          ) : (
            <ul className={classes.rows}>
              {items.map((row) => (
                <li key={row.id} className={classes.row}>
                  <span className={classes.texts}>
                    <Link to={recordPath(entity.plural, row.id)} className={classes.title}>
                      {titleOf(entity, row.fields) || t("untitled")}
                    </Link>
                    <span className={classes.about}>
                      {inWords(status?.choices?.find((choice) => choice.code === row.fields.status)?.label)}
                    </span>
                  </span>
                  <time dateTime={row.created_at} title={row.created_at} className={classes.when}>
                    {relative(row.created_at)}
                  </time>
                </li>
              ))}
            </ul>
          )
        }
      </Ready>
    </Block>
  );
}
