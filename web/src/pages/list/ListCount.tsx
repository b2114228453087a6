import { useTranslation } from "react-i18next";
import { number } from "@/lib/format";
import classes from "./list.module.css";
import { COUNT_MAX } from "./useRows";

/** How many records fit, told to screen readers as it changes. */
export function ListCount({ count }: { count?: number }) {
  const { t } = useTranslation("list");
  const text = count === undefined ? "" : count >= COUNT_MAX ? t("countMax") : number(count);
  return (
    <span className={classes.count} role="status">
      <span aria-hidden>{text}</span>
      {count !== undefined && <span className="visually-hidden">{t("count", { count, number: text })}</span>}
    </span>
  );
}
