// Records that refer to this one, as tables with sums.
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { totalsQuery } from "@/api/queries";
import type { Access, Entity, Row } from "@/api/types";
import { inWords } from "@/i18n";
import { fieldOf, findEntity, titleOf, useEntities, useNames } from "@/lib/entities";
import { number } from "@/lib/format";
import { recordPath } from "@/lib/paths";
import { fromState } from "@/lib/typed";
import { isValued, stagesOf, sumOfTotals, sumText } from "@/pages/deals/deal";
import { FieldValue } from "@/ui/FieldValue";
import { Empty, Ready } from "@/ui/States";
import { useHere } from "../here";
import { pagesQuery } from "../queries";
import { type Section, useSections } from "../related";
import { More } from "./More";
import classes from "./Tabs.module.css";

export function RelatedTab() {
  const { t } = useTranslation("record");
  const entities = useEntities();
  const sections = useSections();
  if (sections.length === 0) return <Empty title={t("related.none")} />;
  return (
    <div>
      {sections.map((section) => {
        const target = findEntity(entities, section.entity);
        return target && <RelatedTable key={section.key} section={section} target={target} />;
      })}
    </div>
  );
}

function RelatedTable({ section, target }: { section: Section; target: Entity }) {
  const { t } = useTranslation("record");
  const { record } = useHere();
  const filter = [`${section.by}:eq:${section.id}`];
  const query = useInfiniteQuery(
    pagesQuery(target.plural, { filter, refs: true, count: true, limit: 50, sort: "-updated_at" }),
  );
  const heading = `related-${section.key}`;
  return (
    <section className={classes.group} aria-labelledby={heading}>
      <h2 id={heading}>{t(`record:related.${section.key}`)}</h2>
      <Ready query={query} rows={3}>
        {(data) => {
          const rows = data.pages.flatMap((p) => p.items).filter((row) => row.id !== section.except);
          if (rows.length === 0) return <p className={classes.foot}>{t("related.empty")}</p>;
          // The record itself is counted unless it lies in the bin.
          const count = (data.pages[0]?.count ?? 0) - (section.except && !record.deleted_at ? 1 : 0);
          return (
            <>
              <div className={classes.scroll}>
                <Rows {...{ section, target, rows }} />
              </div>
              <Totals {...{ section, target, filter, count }} access={data.pages[0]?.access} />
              <More label={t("more")} query={query} />
            </>
          );
        }}
      </Ready>
    </section>
  );
}

function Rows({ section, target, rows }: { section: Section; target: Entity; rows: Row[] }) {
  const { t } = useTranslation("record");
  const name = useNames();
  const fields = section.columns.flatMap((column) => fieldOf(target, column) ?? []);
  const title = fieldOf(target, target.title);
  const from = fromState({ plural: target.plural, ids: rows.map((row) => row.id) });
  const isNumber = (kind: string) => (kind === "money" ? true : undefined);
  return (
    <table className={classes.table}>
      <thead>
        <tr>
          <th scope="col">{inWords(title?.label)}</th>
          {fields.map((field) => (
            <th key={field.name} scope="col" data-number={isNumber(field.kind)}>
              {inWords(field.label)}
            </th>
          ))}
          <th scope="col">{t("owner")}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id}>
            <td>
              <Link to={recordPath(target.plural, row.id)} state={from}>
                {titleOf(target, row.fields) || t("untitled")}
              </Link>
            </td>
            {fields.map((field) => (
              <td key={field.name} data-number={isNumber(field.kind)}>
                <FieldValue field={field} value={row.fields[field.name]} plain />
              </td>
            ))}
            <td>{name(row.owner)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** How many, and for deals what they are worth together: all, and the ones still open. */
function Totals({
  section,
  target,
  filter,
  count,
  access,
}: {
  section: Section;
  target: Entity;
  filter: string[];
  count: number;
  access?: Access;
}) {
  const { t } = useTranslation("record");
  const deals = target.name === "deal" && section.except === undefined && isValued(access);
  const stages = stagesOf(target);
  const { data } = useQuery({
    ...totalsQuery(target.plural, { group: "stage", sum: "value", filter }),
    enabled: deals,
  });
  const sumOf = (outcome?: "won") => {
    const groups = stages.filter((stage) => stage.outcome === outcome).map((stage) => stage.id);
    return sumText(sumOfTotals((data ?? []).filter(({ group }) => groups.includes(String(group)))).sums);
  };
  const [open, won] = [sumOf(), sumOf("won")];
  return (
    <p className={classes.foot}>
      {t("related.count", { count, shown: number(count) })}
      {open && <> · {t("related.open", { sum: open })}</>}
      {won && <> · {t("related.won", { sum: won })}</>}
    </p>
  );
}
