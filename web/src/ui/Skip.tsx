import { useTranslation } from "react-i18next";
import classes from "./Skip.module.css";

/** The way past the navigation, for who works by the keyboard: the first thing of every shell. */
export function Skip() {
  const { t } = useTranslation();
  return (
    <a href="#main" className={classes.skip}>
      {t("common:skip")}
    </a>
  );
}
