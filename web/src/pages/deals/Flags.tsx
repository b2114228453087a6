import { IconAlertTriangle, IconClockPause, IconFlag } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import classes from "./Deals.module.css";
import type { Flag } from "./deal";

const ICONS = {
  noActivity: IconFlag,
  overdue: IconAlertTriangle,
  late: IconAlertTriangle,
  idle: IconClockPause,
};

/** What deserves a look, in text with an icon. */
export function Flags({ flags }: { flags: Flag[] }) {
  const { t } = useTranslation("deals");
  if (flags.length === 0) return null;
  const text = (flag: Flag): string => {
    switch (flag.kind) {
      case "noActivity":
        return t("flag.noActivity");
      case "overdue":
        return t("flag.overdue");
      case "late":
        return t("flag.late");
      default:
        return t("flag.idle", { count: flag.days });
    }
  };
  return (
    <ul className={classes.flags}>
      {flags.map((flag) => {
        const Icon = ICONS[flag.kind];
        const grave = flag.kind === "overdue" || flag.kind === "late";
        return (
          <li key={flag.kind} className={grave ? classes.grave : classes.warn}>
            <Icon size={12} aria-hidden /> {text(flag)}
          </li>
        );
      })}
    </ul>
  );
}
