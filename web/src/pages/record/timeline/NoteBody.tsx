import { Anchor } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { recordQuery } from "@/api/queries";
import type { Row } from "@/api/types";
import { isMasked } from "@/lib/entities";
import { MaskedText } from "@/ui/MaskedText";
import { Failed } from "@/ui/States";

/** Lists bring the beginning of a note; the rest is opened, and so recorded, only if asked for. */
export function NoteBody({ row }: { row: Row }) {
  const { t } = useTranslation("record");
  const [whole, setWhole] = useState(false);
  const { data, error } = useQuery({ ...recordQuery("notes", row.id), enabled: whole });
  const beginning = row.fields.title;
  const body = data?.fields.body;
  if (isMasked(beginning)) return <MaskedText display={beginning.display} />;
  if (whole && typeof body === "string") return <>{body}</>;
  const text = typeof beginning === "string" ? beginning : "";
  return (
    <>
      {text}{" "}
      {text.endsWith("…") && (
        <Anchor component="button" type="button" inherit underline="always" onClick={() => setWhole(true)}>
          {t("note.whole")}
        </Anchor>
      )}
      {whole && error && <Failed error={error} />}
    </>
  );
}
