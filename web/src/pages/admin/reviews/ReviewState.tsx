import { Badge } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { AccessReview } from "@/api/types";

const COLORS: Record<AccessReview["state"], string> = {
  open: "brand",
  ending: "orange",
  ended: "green",
  cancelled: "gray",
};

export function ReviewState({ review: { state } }: { review: AccessReview }) {
  const { t } = useTranslation("reviews");
  return (
    <Badge variant="light" color={COLORS[state]} tt="none" miw="max-content">
      {t(`reviews:how.${state}`)}
    </Badge>
  );
}
