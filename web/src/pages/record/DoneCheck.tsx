import { useState } from "react";
import { useTranslation } from "react-i18next";
import { findEntity, mayAt, useEntities, useMe } from "@/lib/entities";
import { passFocus } from "@/ui/passFocus";
import classes from "./DoneCheck.module.css";
import { useDoneActivity } from "./useActs";

/** Ticks an activity off where it is listed. */
export function DoneCheck({ id, version, title }: { id: string; version: number; title: string }) {
  const { t } = useTranslation("record");
  const me = useMe();
  const setDone = useDoneActivity(findEntity(useEntities(), "activity"));
  const [busy, setBusy] = useState(false);
  if (!mayAt(me, "update", "activity")) return null;
  return (
    <label className={classes.check}>
      <input
        type="checkbox"
        checked={busy}
        disabled={busy}
        aria-label={t("acts.markDoneOf", { title })}
        onChange={(event) => {
          passFocus(event.currentTarget);
          setBusy(true);
          void setDone(id, version, true).finally(() => setBusy(false));
        }}
      />
    </label>
  );
}
