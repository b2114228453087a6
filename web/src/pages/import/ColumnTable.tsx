import { IconCheck, IconMinus, IconPencil } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Entity, ImportPreview } from "@/api/types";
import { inWords } from "@/i18n";
import { watchEdges } from "@/ui/edges";
import { Fact } from "@/ui/States";
import classes from "./Import.module.css";
import { type Target, targets } from "./mapping";

interface Props {
  entity: Entity;
  columns: ImportPreview["columns"];
  /** Names of the fields that a column may feed. */
  fields: string[];
  map: Record<string, string>;
  /** What the server recognised. */
  guess: Record<string, string>;
  onAssign: (heading: string, target: string) => void;
}

/** Columns of the file against fields; native selects, as a file may have hundreds of columns. */
export function ColumnTable({ entity, columns, fields, map, guess, onAssign }: Props) {
  const { t } = useTranslation("import");
  const all = targets(entity, fields);
  const known = new Set(all.map((one) => one.value));
  const name = (target: Target): string => {
    if (target.kind === "owner") return t("columns.owner");
    const label = inWords(target.field?.label);
    if (target.kind === "currency") return t("columns.currency", { field: label });
    return target.field?.flags.required ? `${label} *` : label;
  };
  return (
    <div ref={watchEdges} className={classes.tableFrame}>
      <table className={classes.columns}>
        <caption className="visually-hidden">{t("columns.caption")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("columns.column")}</th>
            <th scope="col">{t("columns.samples")}</th>
            <th scope="col">{t("columns.field")}</th>
            <th scope="col">{t("columns.state")}</th>
          </tr>
        </thead>
        <tbody>
          {columns.map(({ heading, samples }) => {
            const value = map[heading] ?? "";
            return (
              <tr key={heading}>
                <th scope="row">{heading}</th>
                <td className={classes.samples}>{samples.filter(Boolean).join(" · ") || "–"}</td>
                <td>
                  <select
                    aria-label={t("columns.fieldFor", { column: heading })}
                    value={value}
                    onChange={(event) => onAssign(heading, event.currentTarget.value)}
                  >
                    <option value="">{t("columns.unused")}</option>
                    {!known.has(value) && value !== "" && <option value={value}>{value}</option>}
                    {all.map((target) => (
                      <option key={target.value} value={target.value}>
                        {name(target)}
                      </option>
                    ))}
                  </select>
                </td>
                <td>
                  <State value={value} guess={guess[heading] ?? ""} />
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function State({ value, guess }: { value: string; guess: string }) {
  const { t } = useTranslation("import");
  if (value === "")
    return (
      <Fact kind="muted">
        <IconMinus size={14} aria-hidden />
        {t("columns.isUnused")}
      </Fact>
    );
  if (value === guess)
    return (
      <Fact kind="ok">
        <IconCheck size={14} aria-hidden />
        {t("columns.isGuessed")}
      </Fact>
    );
  return (
    <Fact kind="muted">
      <IconPencil size={14} aria-hidden />
      {t("columns.isChosen")}
    </Fact>
  );
}
