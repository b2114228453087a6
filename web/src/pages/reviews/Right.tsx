// A right that is reviewed: who has it, what it is, and how it stands.
import { Anchor, Badge } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { AccessReviewItem, AccessReviewReportItem } from "@/api/types";
import { inWords } from "@/i18n";
import { fieldOf, findEntity, useEntities } from "@/lib/entities";
import { recordPath } from "@/lib/paths";
import type { State } from "./queries";

type Right = AccessReviewItem | AccessReviewReportItem;

/** Who has it: a person, a program, a team or a partner organisation. */
export function useHolder(): (right: Right) => string {
  const { t } = useTranslation("reviews");
  return ({ user, service, team, partner }) => {
    if (user && service) return t("holder.service", { name: user.name });
    if (user) return user.name || t("common:unknownUser");
    if (team) return t("holder.team", { name: team.name });
    return t("holder.partner", { name: partner?.name ?? "" });
  };
}

/** Where that one belongs. */
export const placeOf = ({ user, team, partner }: Right): string | undefined =>
  user ? (partner?.name ?? team?.name) : undefined;

/** The record of a grant by its title, where it is there and seen. */
const titled = (right: Right) => ("grant" in right ? right.grant?.record?.title : null);

/** What it is, in words alone: for questions and names of buttons. */
export function useRightWords(): (right: Right) => string {
  const { t } = useTranslation("reviews");
  const entities = useEntities();
  return (right) => {
    const role = right.role.label;
    if (right.kind === "role") return t("right.role", { role });
    const owner = "grant" in right && right.grant?.owner?.name;
    if (right.kind === "cover")
      return owner ? t("right.coverOf", { role, owner }) : t("right.cover", { role });
    const kind = inWords(findEntity(entities, right.record?.entity ?? "")?.label);
    return t("right.grant", { role, what: titled(right) || kind || right.record?.entity });
  };
}

/** The same, with the way to the record, and to which part of it. */
export function RightText({ right }: { right: Right }) {
  const { t } = useTranslation("reviews");
  const words = useRightWords();
  const entity = findEntity(useEntities(), right.record?.entity ?? "");
  const grant = "grant" in right ? right.grant : null;
  const fields = grant?.fields?.map((name) => inWords(entity && fieldOf(entity, name)?.label) || name);
  const more = [
    fields && t("shared:fields", { names: fields.join(", ") }),
    grant?.with_related && t("shared:withRelated"),
  ].filter(Boolean);
  return (
    <span>
      {titled(right) && entity && right.record ? (
        <Anchor component={Link} to={recordPath(entity.plural, right.record.id)} inherit underline="always">
          {words(right)}
        </Anchor>
      ) : (
        words(right)
      )}
      {more.length > 0 && ` · ${more.join(" · ")}`}
    </span>
  );
}

const COLORS: Record<State, string> = {
  open: "gray",
  confirmed: "green",
  withdrawn: "red",
  ended: "red",
  kept: "orange",
  gone: "gray",
  changed: "gray",
};

export function RightState({ state }: { state: State }) {
  const { t } = useTranslation("reviews");
  return (
    <Badge variant="light" color={COLORS[state]} tt="none" miw="max-content">
      {t(`reviews:state.${state}`)}
    </Badge>
  );
}
