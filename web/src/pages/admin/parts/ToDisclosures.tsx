import { Button } from "@mantine/core";
import { IconReportSearch } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { mayManage, useMe } from "@/lib/entities";
import { DISCLOSURES } from "@/lib/paths";

/** The way to what was disclosed to partners, for whoever reads the ledger. */
export function ToDisclosures() {
  const { t } = useTranslation("disclosures");
  if (!mayManage(useMe(), "ledger")) return null;
  return (
    <Button
      component={Link}
      to={DISCLOSURES}
      variant="default"
      leftSection={<IconReportSearch size={16} aria-hidden />}
    >
      {t("title")}
    </Button>
  );
}
