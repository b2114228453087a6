import { Alert, Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import { request } from "@/api/client";
import type { Entity, ImportPreview } from "@/api/types";
import { inWords } from "@/i18n";
import { number } from "@/lib/format";
import { Failed } from "@/ui/States";
import { DropFile } from "./DropFile";
import { type Draft, type Drafting, nameFor } from "./draft";
import classes from "./Import.module.css";
import { StepHead } from "./StepHead";

/** The bytes of a file with no word of what they are: the server sees that from them. */
export const bytesOf = (file: File): Blob => file.slice(0, file.size, "application/octet-stream");

export const preview = (entity: Entity, file: File, sheet?: string) =>
  request<ImportPreview>("POST", `/imports/${entity.plural}/preview`, {
    query: { name: nameFor(entity, file), sheet },
    body: bytesOf(file),
  });

interface Props {
  draft: Draft;
  drafting: Drafting;
  entities: Entity[];
  /** Come here from another step. */
  moved: boolean;
}

export function StepFile({ draft, drafting: { change, answered }, entities, moved }: Props) {
  const { t } = useTranslation("import");
  const group = useId();
  const entity = entities.find((e) => e.name === draft.entity);
  const { mutate, isPending, error, reset } = useMutation({
    mutationFn: (wish: { asked: Draft; entity: Entity; file: File }) => preview(wish.entity, wish.file),
    onSuccess: (found, { asked }) =>
      answered(asked, { preview: found, sheet: found.sheets?.[0] ?? null, step: "columns" }),
  });
  return (
    <form
      className={classes.body}
      onSubmit={(event) => {
        event.preventDefault();
        if (draft.preview) change({ step: "columns" });
        else if (entity && draft.file) mutate({ asked: draft, entity, file: draft.file });
      }}
    >
      <StepHead title={t("file.title")} focus={moved}>
        {t("file.text")}
      </StepHead>
      {draft.resume && (
        <Alert color="gray" variant="light" title={t("resume.title")}>
          {t("resume.text", { line: number(draft.resume.line) })}
        </Alert>
      )}
      <fieldset className={classes.entities} disabled={Boolean(draft.resume)}>
        <legend>{t("file.entity")}</legend>
        {entities.map((one) => (
          <label key={one.name}>
            <input
              type="radio"
              name={group}
              className="visually-hidden"
              checked={draft.entity === one.name}
              onChange={() => change({ entity: one.name })}
            />
            <span>{inWords(one.label_plural)}</span>
          </label>
        ))}
      </fieldset>
      <DropFile
        file={draft.file}
        onFile={(file) => {
          reset();
          change({ file });
        }}
      />
      {error && <Failed error={error} />}
      <div className={classes.buttons}>
        <Button type="submit" loading={isPending} disabled={!entity || !draft.file}>
          {t("file.next")}
        </Button>
        {draft.resume && (
          <Button variant="subtle" onClick={() => change({ resume: null })}>
            {t("resume.new")}
          </Button>
        )}
      </div>
    </form>
  );
}
