import { Button } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { keep } from "@/api/client";
import type { ImportReport } from "@/api/types";
import { inWords } from "@/i18n";
import { findEntity, useEntities } from "@/lib/entities";
import { number } from "@/lib/format";
import classes from "./Report.module.css";
import { RowList } from "./RowList";
import { csv, type Group, grouped, type RefusedRow } from "./rows";

/** As many refusals and duplicates a report lists at most. */
const LISTED = 10_000;

/** What an import did, or would do: in numbers, then fault by fault, then row by row. */
export function Report({ report }: { report: ImportReport }) {
  const { t } = useTranslation("import");
  const [group, setGroup] = useState<Group | null>(null);
  const [open, setOpen] = useState(false);
  const groups = grouped(report.listed);
  const rows = group ? group.rows : report.listed;
  const show = (chosen: Group | null) => {
    setGroup(chosen);
    setOpen(true);
  };
  return (
    <div className={classes.report}>
      <Counts report={report} />
      {(report.unused_columns?.length ?? 0) > 0 && (
        <p className={classes.note}>{t("report.unused", { columns: report.unused_columns?.join(", ") })}</p>
      )}
      {report.finished === false && <p className={classes.note}>{t("report.unfinished")}</p>}
      {report.listed.length === 0 && (report.refused ?? 0) + (report.duplicates ?? 0) > 0 && (
        <p className={classes.note}>{t("report.gone")}</p>
      )}
      {report.listed.length >= LISTED && (
        <p className={classes.note}>{t("report.first", { number: number(LISTED) })}</p>
      )}
      {groups.length > 0 && (
        <>
          <Groups groups={groups} onShow={show} />
          <div className={classes.buttons}>
            <Button
              variant="default"
              size="compact-sm"
              aria-expanded={open}
              onClick={() => (open ? setOpen(false) : show(null))}
            >
              {open ? t("report.hideRows") : t("report.showRows", { count: report.listed.length })}
            </Button>
            <SaveList report={report} />
          </div>
          {open && (
            <RowList
              key={group?.key ?? ""}
              rows={rows}
              entity={report.entity}
              onAll={group ? () => setGroup(null) : undefined}
            />
          )}
        </>
      )}
    </div>
  );
}

function Counts({ report }: { report: ImportReport }) {
  const { t } = useTranslation("import");
  const dry = report.dry_run;
  const all: [string, number | undefined, string?][] = [
    [t("report.rows"), report.rows],
    [dry ? t("report.wouldMake") : t("report.made"), report.made, "ok"],
    [dry ? t("report.wouldUpdate") : t("report.updated"), report.updated],
    [t("report.duplicates"), report.duplicates],
    [t("report.refused"), report.refused, report.refused ? "danger" : undefined],
    [t("report.companies"), report.companies_made],
  ];
  return (
    <dl className={classes.counts}>
      {all
        .filter(([, count], at) => at < 5 || (count ?? 0) > 0)
        .map(([label, count, kind]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd data-kind={count ? kind : undefined}>{number(count ?? 0)}</dd>
          </div>
        ))}
    </dl>
  );
}

function Groups({ groups, onShow }: { groups: Group[]; onShow: (group: Group) => void }) {
  const { t } = useTranslation("import");
  return (
    <div className={classes.scroll}>
      <table className={classes.table}>
        <caption>{t("report.faults")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("report.column")}</th>
            <th scope="col">{t("report.reason")}</th>
            <th scope="col">{t("report.example")}</th>
            <th scope="col" className={classes.count}>
              {t("report.count")}
            </th>
            <th scope="col">
              <span className="visually-hidden">{t("report.show")}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {groups.slice(0, 100).map((group) => (
            <tr key={group.key}>
              <td data-label={t("report.column")}>{group.column || t("report.wholeRow")}</td>
              <td data-label={t("report.reason")}>{inWords(group.reason)}</td>
              <td data-label={t("report.example")}>{group.example || "–"}</td>
              <td className={classes.count} data-label={t("report.count")}>
                {number(group.rows.length)}
              </td>
              <td>
                <button type="button" className={classes.link} onClick={() => onShow(group)}>
                  {t("report.show")}
                </button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** The list of faults as a file, made here: it holds nothing that the server would have to keep. */
function SaveList({ report }: { report: ImportReport }) {
  const { t } = useTranslation("import");
  const plural = findEntity(useEntities(), report.entity)?.plural ?? report.entity;
  const save = () => {
    const line = (row: RefusedRow) => [
      String(row.line),
      row.column ?? "",
      row.value ?? "",
      inWords(row.reason),
      row.example ?? "",
    ];
    const headings = [
      t("report.line"),
      t("report.column"),
      t("report.value"),
      t("report.reason"),
      t("report.example"),
    ];
    const text = csv(headings, report.listed.map(line));
    keep(new Blob([text], { type: "text/csv;charset=utf-8" }), t("report.fileName", { entity: plural }));
  };
  return (
    <Button
      variant="default"
      size="compact-sm"
      leftSection={<IconDownload size={14} aria-hidden />}
      onClick={save}
    >
      {t("report.save")}
    </Button>
  );
}
