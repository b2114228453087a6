import { Alert, Button, Stack, Text } from "@mantine/core";
import { IconShare } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

/** Somebody whose roles allow nothing, but with whom records were shared, is told where they are. */
export function OnlyShared() {
  const { t } = useTranslation("home");
  return (
    <Alert icon={<IconShare aria-hidden />} color="gray" variant="light" title={t("onlyShared.title")}>
      <Stack gap="sm" align="flex-start">
        <Text size="sm">{t("onlyShared.text")}</Text>
        <Button component={Link} to={"/shared" as string} size="compact-sm" variant="default">
          {t("onlyShared.open")}
        </Button>
      </Stack>
    </Alert>
  );
}
