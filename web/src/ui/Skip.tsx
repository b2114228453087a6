import type { MouseEvent } from "react";
import { useTranslation } from "react-i18next";
import classes from "./Skip.module.css";

/** By hand, since behind the `#` of the address stands what a list is filtered by. */
function toMain(event: MouseEvent) {
  event.preventDefault();
  const main = document.getElementById("main");
  main?.focus();
  main?.scrollIntoView();
}

/** The way past the navigation, for who works by the keyboard: the first thing of every shell. */
export function Skip() {
  const { t } = useTranslation();
  return (
    // biome-ignore lint/a11y/useValidAnchor: it leads to a place on the page
    <a href="#main" className={classes.skip} onClick={toMain}>
      {t("common:skip")}
    </a>
  );
}
