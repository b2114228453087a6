import {
  IconCircleCheck,
  IconDoorExit,
  IconLogin2,
  IconMail,
  IconMailOff,
  IconUserOff,
} from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { UserView } from "@/api/types";
import { dateTime } from "@/lib/format";
import { useProviderLabels } from "@/ui/providerLabels";
import { Fact } from "@/ui/States";

/** In the order of a list by state. */
export const STATES = ["active", "leaving", "provider", "invited", "passwordless", "suspended"] as const;

const LOOKS = {
  active: { icon: IconCircleCheck, kind: "ok" },
  leaving: { icon: IconDoorExit, kind: "warn" },
  provider: { icon: IconLogin2, kind: "ok" },
  invited: { icon: IconMail, kind: "muted" },
  passwordless: { icon: IconMailOff, kind: "warn" },
  suspended: { icon: IconUserOff, kind: "warn" },
} as const;

/** Whether a user can sign in, and until when. */
export function State({ user }: { user: UserView }) {
  const { t } = useTranslation("admin");
  const { icon: Icon, kind } = LOOKS[user.state];
  const labels = useProviderLabels(user.providers);
  const until = { leaving: user.ends_at, invited: user.invited_until }[user.state as "leaving" | "invited"];
  return (
    <Fact kind={kind}>
      <Icon size={14} aria-hidden />
      {user.state === "provider" ? t("user.signsInAt", { at: labels }) : t(`admin:user.is.${user.state}`)}
      {until && ` ${t("user.until", { date: dateTime(until) })}`}
    </Fact>
  );
}
