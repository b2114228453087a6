import { useQuery } from "@tanstack/react-query";
import { reaches, useMe, usePreferences } from "@/lib/entities";
import { isOverdue } from "@/pages/activities/calendar";
import { type Flag, flagsOf, IDLE_DAYS, openStages } from "@/pages/deals/deal";
import { useHere } from "../here";
import { nextQuery } from "../queries";

/** What deserves a look about an open deal, as on the board. */
export function useDealFlags(): Flag[] {
  const { entity, record } = useHere();
  const me = useMe();
  const idleDays = usePreferences().idle_days ?? IDLE_DAYS;
  const open =
    entity.name === "deal" &&
    !record.deleted_at &&
    openStages(entity).some(({ id }) => id === record.fields.stage);
  const { data } = useQuery({ ...nextQuery(record.id), enabled: open && reaches(me, "read", "activity") });
  if (!open) return [];
  const now = new Date();
  const planned = data?.items;
  const next_activity =
    planned && (planned.length > 0 ? { overdue: planned.some((row) => isOverdue(row, now)) } : null);
  return flagsOf({ ...record, next_activity }, idleDays, now);
}
