import { IconCircleCheck, IconShieldOff } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { User, UserFactors } from "@/api/types";
import { dateTime } from "@/lib/format";
import { Fact, Ready } from "@/ui/States";
import { Facts, Panel } from "../parts/Panel";
import { userFactorsQuery } from "../queries";
import { Reset } from "./Reset";

/** Which second factors a user has, and what is asked of the user. */
export function Factors({ user }: { user: User }) {
  const { t } = useTranslation("admin");
  const factors = useQuery(userFactorsQuery(user.id));
  return (
    <Panel title={t("factors.ofUser")}>
      <Ready query={factors} rows={2}>
        {(found) => (
          <>
            <Facts
              items={[
                [t("factors.state"), <State key="state" factors={found} />],
                [t("kind.totp"), found.kinds.totp],
                [t("kind.recovery"), found.kinds.recovery],
                [t("factors.need"), t(`admin:need.${found.need}`)],
                [t("factors.due"), found.due && !found.enrol_only && dateTime(found.due)],
              ]}
            />
            <Reset user={user} factors={found} />
          </>
        )}
      </Ready>
    </Panel>
  );
}

function State({ factors: { kinds, enrol_only } }: { factors: UserFactors }) {
  const { t } = useTranslation("admin");
  if (kinds.passkey + kinds.totp > 0)
    return (
      <Fact kind="ok">
        <IconCircleCheck size={14} aria-hidden />
        {t("factors.has")}
      </Fact>
    );
  return (
    <Fact kind="warn">
      <IconShieldOff size={14} aria-hidden />
      {enrol_only ? t("factors.shut") : t("factors.hasNone")}
    </Fact>
  );
}
