import { Alert, List, Text } from "@mantine/core";
import { IconLock } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useMe } from "@/lib/entities";

/** Somebody whose roles allow nothing yet is told so, and whom to ask. */
export function NoRights() {
  const { t } = useTranslation("home");
  const { administrators } = useMe();
  return (
    <Alert icon={<IconLock aria-hidden />} color="gray" variant="light" title={t("noRights.title")}>
      <Text size="sm">{t("noRights.text")}</Text>
      {administrators.length > 0 && (
        <>
          <Text size="sm" mt="sm">
            {t("common:noAccess.ask")}
          </Text>
          <List size="sm">
            {administrators.map((person) => (
              <List.Item key={person.id}>{person.name}</List.Item>
            ))}
          </List>
        </>
      )}
    </Alert>
  );
}
