import { useQuery } from "@tanstack/react-query";
import type { Entity, RecordView } from "@/api/types";
import { fieldOf, mayAt, useMe, usePreferences } from "@/lib/entities";
import { useHere } from "../here";
import { nextQuery } from "../queries";

const DAY_MS = 86_400_000;
const IDLE_DAYS = 14;

export const isOpenDeal = (entity: Entity, record: RecordView): boolean => {
  if (entity.name !== "deal" || record.deleted_at) return false;
  const stage = fieldOf(entity, "stage")?.choices?.find((c) => c.code === record.fields.stage);
  return stage !== undefined && stage.outcome === undefined;
};

/** What an open deal lacks: something planned, and any change for a while. */
export function useDealWarnings(): { noNext: boolean; idleDays: number } {
  const { entity, record } = useHere();
  const me = useMe();
  const { idle_days = IDLE_DAYS } = usePreferences();
  const open = isOpenDeal(entity, record);
  const { data } = useQuery({ ...nextQuery(record.id), enabled: open && mayAt(me, "read", "activity") });
  const days = Math.floor((Date.now() - Date.parse(record.updated_at)) / DAY_MS);
  return { noNext: open && data?.items.length === 0, idleDays: open && days >= idle_days ? days : 0 };
}
