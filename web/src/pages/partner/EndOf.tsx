import { IconClock } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { serverNow } from "@/api/client";
import { dateTime, relativeDay } from "@/lib/format";
import items from "@/pages/shared/GrantItem.module.css";
import type { End } from "./grants";

const SOON_MS = 7 * 24 * 3_600_000;

/** Until when a record is shared, in words; what ends within a week is marked. */
export function EndOf({ end }: { end: End | undefined }) {
  const { t } = useTranslation("partner");
  if (!end) return null;
  if (end.state !== "in_force")
    return <p>{t(end.state === "ended" ? "over" : "until", { at: dateTime(end.at) })}</p>;
  const words = t("recordEnds", { at: dateTime(end.at), when: relativeDay(end.at) });
  if (Date.parse(end.at) - serverNow() > SOON_MS) return <p>{words}</p>;
  return (
    <p>
      <span className={items.soon}>
        <IconClock size={14} aria-hidden />
        {words}
      </span>
    </p>
  );
}
