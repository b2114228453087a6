import { IconCircleCheck, IconCircleOff, IconFileOff } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Partner } from "@/api/types";
import { dateOf } from "@/lib/format";
import { Fact } from "@/ui/States";

/** Whether something can be shared with a partner, and until when. */
export function PartnerState({ partner }: { partner: Partner }) {
  const { t } = useTranslation("partners");
  if (!partner.active)
    return (
      <Fact kind="warn">
        <IconCircleOff size={14} aria-hidden />
        {t("is.suspended")}
      </Fact>
    );
  if (!partner.agreed)
    return (
      <Fact kind="warn">
        <IconFileOff size={14} aria-hidden />
        {t("is.unagreed")}
      </Fact>
    );
  return (
    <Fact kind="ok">
      <IconCircleCheck size={14} aria-hidden />
      {partner.agreed_until ? t("is.until", { at: dateOf(partner.agreed_until) }) : t("is.endless")}
    </Fact>
  );
}
