import { useTranslation } from "react-i18next";
import { inWords } from "@/i18n";
import { fieldOf, findEntity, useEntities } from "@/lib/entities";
import type { Difference } from "../parts/rights";

export interface InWords {
  /** What the difference is about: an entity, the administration, or the role itself. */
  group: string;
  what: string;
  from: string;
  to: string;
}

/** Differences of roles as a person would tell them. */
export function useDifferenceWords(): (difference: Difference) => InWords {
  const { t } = useTranslation("admin");
  const entities = useEntities();
  const plain = (part: "name" | "label", what?: string) =>
    part === "name" ? t("role.code") : what === "pl" ? t("role.labelPl") : t("role.labelEn");
  return ({ part, entity: name, what = "", from, to }) => {
    const entity = findEntity(entities, name ?? "");
    const group = entity ? inWords(entity.label_plural) : (name ?? "");
    const level = (code: string) => t(`admin:level.${code}`);
    switch (part) {
      case "scope":
        return {
          group,
          what: t(`admin:action.${what}`),
          from: t(`admin:scope.${from}`),
          to: t(`admin:scope.${to}`),
        };
      case "level":
      case "trade":
      case "special":
        return { group, what: t(`admin:part.${part}`), from: level(from), to: level(to) };
      case "field": {
        const field = inWords(entity && fieldOf(entity, what)?.label) || what;
        return { group, what: t("difference.field", { field }), from: level(from), to: level(to) };
      }
      case "denial":
        return {
          group,
          what: t("difference.denial", { action: t(`admin:action.${what}`) }),
          from: t(`admin:denial.${from}`),
          to: t(`admin:denial.${to}`),
        };
      case "thing":
        return {
          group: t("role.things"),
          what: t(`admin:thing.${what}`),
          from: t(`admin:verb.${from}`),
          to: t(`admin:verb.${to}`),
        };
      default:
        return { group: t("difference.role"), what: plain(part, what), from, to };
    }
  };
}
