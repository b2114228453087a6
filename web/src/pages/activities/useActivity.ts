// Doing an activity, and putting it on another day.
import type { QueryKey } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { Row } from "@/api/types";
import { useEntity } from "@/lib/entities";
import { day as dayText } from "@/lib/format";
import { useRowWrite } from "@/pages/record/useRowWrite";
import { movedTo } from "./calendar";

/** `key` is the query that the activity is shown from, if all of it was read with one. */
export function useActivity(key?: QueryKey) {
  const { t } = useTranslation("activities");
  const write = useRowWrite(useEntity("activity"), key);
  return {
    setDone: (row: Row, title: string, isDone: boolean) =>
      write(row, { fields: { done: isDone } }, t(isDone ? "completed" : "reopened", { title })),
    moveTo: async (row: Row, title: string, day: string) => {
      const fields = movedTo(row, day);
      if (fields) await write(row, { fields: { ...fields } }, t("moved", { title, day: dayText(day) }));
    },
  };
}
