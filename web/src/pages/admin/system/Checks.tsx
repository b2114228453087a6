import { IconAlertTriangle, IconCircleCheck, IconCircleX } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { SystemState } from "@/api/types";
import { Fact } from "@/ui/States";
import { Panel } from "../parts/Panel";
import classes from "./System.module.css";

type Check = SystemState["checks"][number];

const ORDER: Check["level"][] = ["fail", "warn", "ok"];
const LOOK = {
  ok: { icon: IconCircleCheck, kind: "ok" },
  warn: { icon: IconAlertTriangle, kind: "warn" },
  fail: { icon: IconCircleX, kind: "danger" },
} as const;

/** The server's own checks: the worst first, each with what to do. */
export function Checks({ checks }: { checks: Check[] }) {
  const { t } = useTranslation("admin");
  const bad = checks.filter((check) => check.level !== "ok").length;
  const sorted = [...checks].sort((a, b) => ORDER.indexOf(a.level) - ORDER.indexOf(b.level));
  return (
    <Panel
      title={t("system.checks")}
      about={bad === 0 ? t("system.allGood") : t("system.toDo", { count: bad })}
    >
      <ul className={classes.checks}>
        {sorted.map((check) => {
          const { icon: Icon, kind } = LOOK[check.level];
          return (
            <li key={check.code}>
              <Fact kind={kind}>
                <Icon size={16} aria-hidden />
                {t(`admin:health.${check.level}`)}
              </Fact>
              <span>{check.text}</span>
            </li>
          );
        })}
      </ul>
    </Panel>
  );
}
