import { useTranslation } from "react-i18next";
import type { Entity, Refs } from "@/api/types";
import { inWords } from "@/i18n";
import { type Condition, type FilterField, filterField, presetOf } from "@/lib/conditions";
import { useNames, useTeamNames } from "@/lib/entities";
import { countryName, day, number } from "@/lib/format";

/** Name of what is filtered, in the language in use. */
export function useFieldLabel(): (field: FilterField) => string {
  const { t } = useTranslation("list");
  return ({ name, field }) => (field ? inWords(field.label) : t(`beside.${name}`));
}

/** A condition in words. */
export function useChipText(entity: Entity, refs: Refs = {}) {
  const { t } = useTranslation("list");
  const label = useFieldLabel();
  const user = useNames();
  const team = useTeamNames();
  const word = (target: FilterField, value: string): string => {
    switch (target.kind) {
      case "choice":
      case "choices":
        return inWords(target.field?.choices?.find((c) => c.code === value)?.label) || value;
      case "country":
        return countryName(value);
      case "user":
        return user(value) || t("common:unknownUser");
      case "team":
        return team(value) || "…";
      case "bool":
        return value === "true" ? t("common:yes") : t("common:no");
      case "reference":
        return refs[value]?.title ?? t("filter.chosen");
      case "date":
      case "date_time":
        return day(value.slice(0, 10));
      case "integer":
      case "decimal":
      case "money":
        return Number.isFinite(Number(value)) ? number(Number(value), 2) : value;
      default:
        return value;
    }
  };
  return (condition: Condition): { field: string; text: string } => {
    const target = filterField(entity, condition.field);
    if (!target) return { field: condition.field, text: condition.values.join(", ") };
    const preset = presetOf(condition);
    if (preset) return { field: `${label(target)}:`, text: t(`preset.${preset}`) };
    const value = condition.values.map((v) => word(target, v)).join(", ");
    return { field: `${label(target)}:`, text: t(`chip.${condition.op}`, { value }) };
  };
}
