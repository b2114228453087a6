import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { number } from "@/lib/format";

interface Props {
  loaded: number;
  failed?: boolean;
  onRetry?: () => void;
}

/** Under the last row: more is coming, or could not be had. */
export function DataTableMore({ loaded, failed, onRetry }: Props) {
  const { t } = useTranslation("list");
  if (!failed) return <span role="status">{t("loadingMore", { loaded: number(loaded) })}</span>;
  return (
    <span role="alert">
      {t("failedMore")}{" "}
      <Button size="compact-sm" variant="default" onClick={onRetry}>
        {t("common:retry")}
      </Button>
    </span>
  );
}
