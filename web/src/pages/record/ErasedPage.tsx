import { Alert, Button, Stack, Text } from "@mantine/core";
import { IconCheck } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import type { Entity } from "@/api/types";
import { inWords } from "@/i18n";
import { forgetShown } from "@/lib/forget";
import { dateTime } from "@/lib/format";
import { listPath } from "@/lib/paths";
import { Page } from "@/ui/Page";
import type { Erased } from "./useActs";

/** What an erasure did, once there is nothing left to show. */
export function ErasedPage({ entity, erased }: { entity: Entity; erased: Erased }) {
  const { t } = useTranslation("record");
  const client = useQueryClient();
  // Copies of it are in lists, records around it, messages and what undo would put back.
  useEffect(() => {
    forgetShown();
    client.removeQueries({ type: "inactive" });
    void client.invalidateQueries();
  }, [client]);
  return (
    <Page title={t("erase.doneTitle")} tab={t("erase.doneTitle")}>
      <Alert color="green" variant="light" icon={<IconCheck aria-hidden />} role="status">
        <Stack gap="xs" align="flex-start">
          <Text size="sm">{t("erase.removed", { count: erased.removed })}</Text>
          <Text size="sm">{t("erase.unlinked", { count: erased.unlinked })}</Text>
          <Text size="sm">{t("erase.destroyed", { at: dateTime(erased.destroyed_at) })}</Text>
          <Text size="sm" c="dimmed">
            {t("erase.subject", { id: erased.subject })}
          </Text>
          <Button component={Link} to={listPath(entity.plural)} variant="default">
            {t("erase.back", { list: inWords(entity.label_plural) })}
          </Button>
        </Stack>
      </Alert>
    </Page>
  );
}
