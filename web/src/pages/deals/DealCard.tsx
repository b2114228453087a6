import { memo } from "react";
import { useTranslation } from "react-i18next";
import type { Refs, Row } from "@/api/types";
import { isMasked } from "@/lib/entities";
import { day, money } from "@/lib/format";
import { recordPath } from "@/lib/paths";
import { fromState } from "@/lib/typed";
import { PlainLink } from "@/ui/PlainLink";
import classes from "./Deals.module.css";
import { flagsOf, initials, moneyOf } from "./deal";
import { Flags } from "./Flags";

interface Props {
  deal: Row;
  title: string;
  refs?: Refs;
  owner: string;
  idleDays: number;
  /** Ids in the order of the column, for previous and next on the record's page. */
  order: (deal: Row) => string[];
}

export const DealCard = memo(function DealCard({ deal, title, refs, owner, idleDays, order }: Props) {
  const { t } = useTranslation("deals");
  const { company, expected_close: close, value } = deal.fields;
  const name = typeof company === "string" ? refs?.[company]?.title : undefined;
  const amount = moneyOf(value);
  return (
    <>
      {/* The browser's own dragging of links is off, so that the card is carried instead. */}
      <PlainLink
        to={recordPath("deals", deal.id)}
        state={() => fromState({ plural: "deals", ids: order(deal) })}
        draggable={false}
        className={classes.cardTitle}
      >
        {title}
      </PlainLink>
      <div className={classes.second}>
        {name && <span className={classes.company}>{name}</span>}
        <span className={classes.owner} title={owner}>
          <span aria-hidden>{initials(owner)}</span>
          <span className="visually-hidden">{t("owner", { name: owner })}</span>
        </span>
      </div>
      <div className={classes.facts}>
        {amount && <strong>{money(amount, true)}</strong>}
        {isMasked(value) && <span className="masked">{value.display}</span>}
        {typeof close === "string" && (
          <span>
            <span className="visually-hidden">{t("closes")} </span>
            {day(close)}
          </span>
        )}
      </div>
      <Flags flags={flagsOf(deal, idleDays, new Date())} />
    </>
  );
});
