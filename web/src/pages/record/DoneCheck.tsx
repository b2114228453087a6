import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Row } from "@/api/types";
import { reaches, useMe } from "@/lib/entities";
import { useActivity } from "@/pages/activities/useActivity";
import { passFocus } from "@/ui/passFocus";
import classes from "./DoneCheck.module.css";

/** Ticks an activity off where it is listed. */
export function DoneCheck({ row, title }: { row: Row; title: string }) {
  const { t } = useTranslation("activities");
  const me = useMe();
  const { setDone } = useActivity();
  const [busy, setBusy] = useState(false);
  if (!reaches(me, "update", "activity")) return null;
  return (
    <label className={classes.check}>
      <input
        type="checkbox"
        checked={busy}
        disabled={busy}
        aria-label={t("markDone", { title })}
        onChange={(event) => {
          passFocus(event.currentTarget);
          setBusy(true);
          void setDone(row, title, true).finally(() => setBusy(false));
        }}
      />
    </label>
  );
}
