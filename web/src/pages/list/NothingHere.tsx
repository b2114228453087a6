import { Button, Group } from "@mantine/core";
import { IconFilterOff } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Entity } from "@/api/types";
import { Empty } from "@/ui/States";
import { ListActions } from "./ListBar";

/** No records at all, or none that fit. */
export function NothingHere({
  entity,
  bare,
  onClear,
}: {
  entity: Entity;
  bare: boolean;
  onClear: () => void;
}) {
  const { t } = useTranslation("list");
  if (bare)
    return (
      <Empty
        title={t("empty.none")}
        action={
          <Group gap="sm">
            <ListActions entity={entity} />
          </Group>
        }
      >
        {t("empty.noneText")}
      </Empty>
    );
  return (
    <Empty
      icon={<IconFilterOff size={32} stroke={1.5} aria-hidden />}
      title={t("empty.noMatch")}
      action={
        <Button variant="default" onClick={onClear}>
          {t("filter.clear")}
        </Button>
      }
    >
      {t("empty.noMatchText")}
    </Empty>
  );
}
