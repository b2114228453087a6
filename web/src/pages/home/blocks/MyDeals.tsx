import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { loadAll } from "@/api/loadAll";
import { inWords } from "@/i18n";
import { fieldOf, onlyFields, titleOf, useEntity, useMe, usePreferences } from "@/lib/entities";
import { money } from "@/lib/format";
import { listPath, recordPath } from "@/lib/paths";
import { CARD, flagsOf, IDLE_DAYS, moneyOf, openFilter, sumOfRows, sumText } from "@/pages/deals/deal";
import { Flags } from "@/pages/deals/Flags";
import { Ready } from "@/ui/States";
import { Block, Nothing } from "../Block";
import classes from "../Home.module.css";

const MOST = 200;
const SHOWN = 8;

/** My open deals, those that need a look first. */
export function MyDeals() {
  const { t } = useTranslation("home");
  const me = useMe();
  const entity = useEntity("deal");
  const idleDays = usePreferences().idle_days ?? IDLE_DAYS;
  const query = {
    filter: [openFilter(entity), `owner:in:${me.user.id}`],
    sort: "expected_close",
    fields: onlyFields(me, entity, [entity.title, ...CARD]),
    refs: true,
    next_activity: true,
  };
  const found = useQuery({
    queryKey: ["list", entity.plural, "mine", query],
    queryFn: ({ signal }) => loadAll(entity.plural, query, MOST, signal),
  });
  const stage = fieldOf(entity, "stage");
  const now = new Date();
  const flagged = (found.data?.items ?? [])
    .map((deal) => ({ deal, flags: flagsOf(deal, idleDays, now) }))
    .sort((a, b) => b.flags.length - a.flags.length);
  return (
    <Block
      title={t("deals.title")}
      fact={
        found.data &&
        [t("deals:count", { count: flagged.length }), sumText(sumOfRows(found.data.items))]
          .filter(Boolean)
          .join(" · ")
      }
      all={{ to: "/deals", search: { who: "mine" }, label: t("deals.board") }}
    >
      <Ready query={found} rows={4}>
        {({ refs }) =>
          flagged.length === 0 ? (
            <Nothing>{t("deals.none")}</Nothing>
          ) : (
            <>
              <ul className={classes.rows}>
                {flagged.slice(0, SHOWN).map(({ deal, flags }) => {
                  const amount = moneyOf(deal.fields.value);
                  const { company } = deal.fields;
                  const choice = stage?.choices?.find((c) => c.code === deal.fields.stage);
                  return (
                    <li key={deal.id} className={classes.row}>
                      <span className={classes.texts}>
                        <Link to={recordPath(entity.plural, deal.id)} className={classes.title}>
                          {titleOf(entity, deal.fields) || t("deals:untitled")}
                        </Link>
                        <span className={classes.about}>
                          {[inWords(choice?.label), typeof company === "string" && refs?.[company]?.title]
                            .filter(Boolean)
                            .join(" · ")}
                        </span>
                        <Flags flags={flags} />
                      </span>
                      {amount && <span className={classes.amount}>{money(amount, true)}</span>}
                    </li>
                  );
                })}
              </ul>
              {flagged.length > SHOWN && (
                <Link to={listPath(entity.plural)} search={{ who: "mine" } as never} className={classes.more}>
                  {t("more", { count: flagged.length - SHOWN })}
                </Link>
              )}
            </>
          )
        }
      </Ready>
    </Block>
  );
}
