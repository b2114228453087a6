import { IconLock } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

export function MaskedText({ display }: { display: string }) {
  const { t } = useTranslation();
  return (
    <span className="masked">
      <IconLock size={12} aria-hidden /> <span className="visually-hidden">{t("masked")} </span>
      {display}
    </span>
  );
}
