import { Alert, Stack, Text } from "@mantine/core";
import { IconLock } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useMe } from "@/lib/entities";
import { Ask } from "@/ui/States";

/** Somebody whose roles allow nothing yet is told so, and whom to ask. */
export function NoRights() {
  const { t } = useTranslation("home");
  const { administrators } = useMe();
  return (
    <Alert icon={<IconLock aria-hidden />} color="gray" variant="light" title={t("noRights.title")}>
      <Stack gap="xs">
        <Text size="sm">{t("noRights.text")}</Text>
        <Ask people={administrators} />
      </Stack>
    </Alert>
  );
}
