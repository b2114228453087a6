import { Button, Checkbox } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { AccessReviewItem } from "@/api/types";
import { dateOf, dateTime } from "@/lib/format";
import type { ItemActs } from "./Items";
import classes from "./Reviews.module.css";
import { placeOf, RightState, RightText, useHolder, useRightWords } from "./Right";

interface Props {
  item: AccessReviewItem;
  known: boolean;
  /** Whether it can be decided on. */
  may: boolean;
  chosen: boolean;
  busy: boolean;
  acts: ItemActs;
}

/** One right, what is known of it, and the two answers. */
export function ReviewItem({ item, known, may, chosen, busy, acts }: Props) {
  const { t } = useTranslation("reviews");
  const who = useHolder()(item);
  const words = { who, what: useRightWords()(item) };
  const place = placeOf(item);
  return (
    <li className={classes.item} data-item={item.item} tabIndex={-1}>
      {may && (
        <Checkbox
          className={classes.tick}
          aria-label={t("tickOf", words)}
          checked={chosen}
          onChange={() => acts.tick(item)}
        />
      )}
      <div className={classes.what}>
        <h2>
          {who}
          {place && <span className={classes.place}> · {place}</span>}
        </h2>
        <p>
          <RightText right={item} />
        </p>
        <Known item={item} known={known} />
        {item.state !== "open" && <Decided item={item} />}
      </div>
      <div className={classes.acts}>
        {item.state !== "open" && <RightState state={item.state} />}
        {may && (
          <>
            {item.state === "open" && (
              <Button
                size="compact-sm"
                variant="light"
                disabled={busy}
                aria-label={t("confirmOf", words)}
                onClick={(e) => acts.confirm([item], e.currentTarget)}
              >
                {t("confirm")}
              </Button>
            )}
            <Button
              size="compact-sm"
              variant="default"
              disabled={busy}
              aria-label={t("withdrawOf", words)}
              onClick={() => acts.withdraw([item])}
            >
              {t("withdraw")}
            </Button>
          </>
        )}
      </div>
    </li>
  );
}

/** Since when, until when, and whether it was used. */
function Known({ item, known }: Pick<Props, "item" | "known">) {
  const { t } = useTranslation("reviews");
  const used = item.last_used ? t("used.last", { day: dateOf(item.last_used) }) : known && t("used.never");
  const parts = [
    t("since", { day: dateOf(item.since) }),
    item.until && t("untilDay", { at: dateTime(item.until) }),
    used,
  ];
  return <p className={classes.dim}>{parts.filter(Boolean).join(" · ")}</p>;
}

function Decided({ item }: { item: AccessReviewItem }) {
  const { t } = useTranslation("reviews");
  const parts = [
    item.decided_at &&
      (item.decided_by
        ? t("decidedBy", { at: dateTime(item.decided_at), name: item.decided_by.name })
        : dateTime(item.decided_at)),
    item.reason && t("reason", { reason: item.reason }),
    item.kept && t(`reviews:kept.${item.kept}`),
  ].filter(Boolean);
  return parts.length > 0 && <p className={classes.dim}>{parts.join(" · ")}</p>;
}
