import { Alert, Button, Select } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Entity, ImportPreview } from "@/api/types";
import { inWords } from "@/i18n";
import { number } from "@/lib/format";
import { Failed } from "@/ui/States";
import { ColumnTable } from "./ColumnTable";
import { type Draft, type Drafting, sheetIn } from "./draft";
import classes from "./Import.module.css";
import { assign, guessed, missing } from "./mapping";
import { preview } from "./StepFile";
import { StepHead } from "./StepHead";

interface Props {
  draft: Draft;
  drafting: Drafting;
  entity: Entity;
}

export function StepColumns({ draft, drafting: { change, answered }, entity }: Props) {
  const { t } = useTranslation("import");
  const [lost, setLost] = useState("");
  const sheets = useMutation({
    mutationFn: ({ asked, sheet }: { asked: Draft; sheet: string }) =>
      preview(entity, asked.file as File, sheetIn(asked.preview?.sheets, sheet)),
    onSuccess: (preview, { asked, sheet }) => answered(asked, { sheet, preview }),
  });
  const found = draft.preview;
  if (!found) return null;
  const used = found.columns.filter((c) => draft.map[c.heading]).length;
  const lacking = missing(entity, draft.map);
  const onAssign = (heading: string, target: string) => {
    const next = assign(entity, draft.map, heading, target);
    setLost(next.lost ? t("columns.lost", { column: next.lost }) : "");
    change({ map: next.map });
  };
  return (
    <div className={classes.body}>
      <StepHead title={t("columns.title")}>{about(found)}</StepHead>
      {found.sheets && found.sheets.length > 1 && (
        <Select
          className={classes.narrow}
          label={t("columns.sheet")}
          data={found.sheets}
          value={draft.sheet ?? found.sheets[0]}
          allowDeselect={false}
          disabled={sheets.isPending}
          onChange={(sheet) => sheet && sheets.mutate({ asked: draft, sheet })}
        />
      )}
      {sheets.error && <Failed error={sheets.error} />}
      <p className={classes.lead} role="status">
        {t("columns.used", { used, count: found.columns.length })} {lost}
      </p>
      <ColumnTable
        entity={entity}
        columns={found.columns}
        fields={found.fields}
        map={draft.map}
        guess={guessed(found.columns)}
        onAssign={onAssign}
      />
      {lacking.length > 0 && (
        <Alert
          color="yellow"
          variant="light"
          icon={<IconAlertTriangle aria-hidden />}
          title={t("columns.missing")}
        >
          {t("columns.missingText", { fields: lacking.map((f) => inWords(f.label)).join(", ") })}
        </Alert>
      )}
      <div className={classes.buttons}>
        <Button disabled={used === 0} onClick={() => change({ step: "duplicates" })}>
          {t("columns.next")}
        </Button>
        <Button variant="default" onClick={() => change({ step: "file" })}>
          {t("back")}
        </Button>
      </div>
    </div>
  );

  /** What the file turned out to be. */
  function about({ kind, encoding, delimiter, rows }: ImportPreview): string {
    const parts = [t(`kind.${kind}`)];
    if (encoding) parts.push(t("columns.encoding", { encoding }));
    if (delimiter)
      parts.push(t("columns.delimiter", { delimiter: delimiter === "\t" ? t("columns.tab") : delimiter }));
    if (rows !== null) parts.push(t("columns.rows", { count: rows, number: number(rows) }));
    return `${parts.join(" · ")}. ${t("columns.text")}`;
  }
}
