import { useQueries } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { listQuery } from "@/api/queries";
import type { Entity, Row } from "@/api/types";
import { inWords } from "@/i18n";
import { findEntity, onlyFields, titleOf, useEntities, useMe } from "@/lib/entities";
import { relative } from "@/lib/format";
import { recordPath } from "@/lib/paths";
import { Ready } from "@/ui/States";
import { Block, Nothing } from "../Block";
import classes from "../Home.module.css";

const SHOWN = 8;

/** My records that changed last, of all kinds together. */
export function Recent({ entities: names }: { entities: string[] }) {
  const { t } = useTranslation("home");
  const me = useMe();
  const all = useEntities();
  const entities = names.flatMap((name) => findEntity(all, name) ?? []);
  const answers = useQueries({
    queries: entities.map((entity) =>
      listQuery(entity.plural, {
        filter: [`owner:in:${me.user.id}`],
        sort: "-updated_at",
        limit: SHOWN,
        fields: onlyFields(me, entity, [entity.title]),
      }),
    ),
  });
  const failed = answers.find((answer) => answer.error);
  const data: { entity: Entity; row: Row }[] | undefined = answers.every((answer) => answer.data)
    ? answers
        .flatMap((answer, i) => {
          const entity = entities[i];
          return entity ? (answer.data?.items ?? []).map((row) => ({ entity, row })) : [];
        })
        .sort((a, b) => b.row.updated_at.localeCompare(a.row.updated_at))
        .slice(0, SHOWN)
    : undefined;
  return (
    <Block title={t("recent.title")}>
      <Ready
        rows={4}
        query={{
          data,
          error: failed?.error ?? null,
          isPending: !failed,
          refetch: () => Promise.all(answers.map((answer) => answer.refetch())),
        }}
      >
        {(rows) =>
          rows.length === 0 ? (
            <Nothing>{t("recent.none")}</Nothing>
          ) : (
            <ul className={classes.rows}>
              {rows.map(({ entity, row }) => (
                <li key={row.id} className={classes.row}>
                  <span className={classes.texts}>
                    <Link to={recordPath(entity.plural, row.id)} className={classes.title}>
                      {titleOf(entity, row.fields) || t("untitled")}
                    </Link>
                    <span className={classes.about}>{inWords(entity.label)}</span>
                  </span>
                  <time dateTime={row.updated_at} title={row.updated_at} className={classes.when}>
                    {relative(row.updated_at)}
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
