import { useCallback } from "react";
import { usePreferences } from "@/lib/entities";
import { useChangeSettings } from "@/ui/settings";

/** Keeps the user's own columns of an entity with the settings. */
export function useSettingsColumns(entity: string): (ids: string[]) => void {
  const { columns } = usePreferences();
  const change = useChangeSettings();
  return useCallback((ids) => change({ columns: { ...columns, [entity]: ids } }), [columns, change, entity]);
}
