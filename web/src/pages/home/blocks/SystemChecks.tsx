import { IconAlertTriangle, IconCircleCheck, IconCircleX } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { systemQuery } from "@/pages/admin/queries";
import { Fact, Ready } from "@/ui/States";
import { Block } from "../Block";
import classes from "../Home.module.css";

/** What the server finds amiss with itself; all else is one line. */
export function SystemChecks() {
  const { t } = useTranslation("home");
  const found = useQuery(systemQuery);
  return (
    <Block title={t("system.title")} all={{ to: "/admin/system", label: t("system.open") }}>
      <Ready query={found} rows={2}>
        {({ checks }) => {
          const bad = checks.filter((check) => check.level !== "ok");
          const good = checks.length - bad.length;
          return (
            <ul className={classes.checks}>
              {bad.map((check) => (
                <li key={check.code}>
                  <Fact kind={check.level === "fail" ? "danger" : "warn"}>
                    {check.level === "fail" ? (
                      <IconCircleX size={16} aria-hidden />
                    ) : (
                      <IconAlertTriangle size={16} aria-hidden />
                    )}
                    {check.level === "fail" ? t("system.fail") : t("system.warn")}
                  </Fact>
                  <span>{check.text}</span>
                </li>
              ))}
              {good > 0 && (
                <li>
                  <Fact kind="ok">
                    <IconCircleCheck size={16} aria-hidden />
                    {t("system.good", { count: good })}
                  </Fact>
                </li>
              )}
            </ul>
          );
        }}
      </Ready>
    </Block>
  );
}
