import { Anchor, Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { inWords } from "@/i18n";
import { findEntity, useEntities } from "@/lib/entities";
import { number } from "@/lib/format";
import { recordPath } from "@/lib/paths";
import { watchEdges } from "@/ui/edges";
import classes from "./Report.module.css";
import type { RefusedRow } from "./rows";

const PAGE = 50;

interface Props {
  rows: RefusedRow[];
  entity: string;
  /** Back to the rows of all faults. */
  onAll?: () => void;
}

/** Row by row, fifty at a time. */
export function RowList({ rows, entity, onAll }: Props) {
  const { t } = useTranslation("import");
  const plural = findEntity(useEntities(), entity)?.plural;
  const [at, setAt] = useState(0);
  const shown = rows.slice(at, at + PAGE);
  return (
    <section aria-label={t("report.list")} className={classes.report}>
      <div className={classes.buttons}>
        <span role="status">
          {t("report.range", {
            from: number(at + 1),
            to: number(at + shown.length),
            all: number(rows.length),
          })}
        </span>
        <Button
          variant="default"
          size="compact-sm"
          disabled={at === 0}
          onClick={() => setAt(Math.max(0, at - PAGE))}
        >
          {t("report.previous")}
        </Button>
        <Button
          variant="default"
          size="compact-sm"
          disabled={at + PAGE >= rows.length}
          onClick={() => setAt(at + PAGE)}
        >
          {t("report.next")}
        </Button>
        {onAll && (
          <Button variant="subtle" size="compact-sm" onClick={onAll}>
            {t("report.allRows")}
          </Button>
        )}
      </div>
      <div ref={watchEdges} className={classes.scroll}>
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col" className={classes.count}>
                {t("report.line")}
              </th>
              <th scope="col">{t("report.column")}</th>
              <th scope="col">{t("report.value")}</th>
              <th scope="col">{t("report.reason")}</th>
              <th scope="col">{t("report.example")}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((row, index) => (
              <tr key={`${row.line} ${index}`}>
                <td className={classes.count} data-label={t("report.line")}>
                  {number(row.line)}
                </td>
                <td data-label={t("report.column")}>{row.column || t("report.wholeRow")}</td>
                <td className={classes.value} data-label={t("report.value")}>
                  {row.value || "–"}
                </td>
                <td data-label={t("report.reason")}>
                  {inWords(row.reason)}{" "}
                  {row.duplicate_of && plural && (
                    <Anchor
                      component={Link}
                      to={recordPath(plural, row.duplicate_of)}
                      inherit
                      target="_blank"
                    >
                      {t("report.duplicateOf")}
                    </Anchor>
                  )}
                </td>
                <td data-label={t("report.example")}>{row.example || "–"}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
