import { Button, Group } from "@mantine/core";
import { IconBookmarkOff, IconFilterOff } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Entity } from "@/api/types";
import { Empty } from "@/ui/States";
import { ListActions } from "./ListBar";

interface Props {
  entity: Entity;
  /** Nothing narrows the list. */
  bare: boolean;
  /** Absent if what narrows it is not the user's own. */
  onClear?: () => void;
}

/** No records at all, or none that fit. */
export function NothingHere({ entity, bare, onClear }: Props) {
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
        onClear && (
          <Button variant="default" onClick={onClear}>
            {t("filter.clear")}
          </Button>
        )
      }
    >
      {onClear && t("empty.noMatchText")}
    </Empty>
  );
}

/** The view in the address was deleted, or is not shared with the user any more: the same to whoever asks for it. */
export function ViewGone({ onAll }: { onAll: () => void }) {
  const { t } = useTranslation("list");
  return (
    <Empty
      icon={<IconBookmarkOff size={32} stroke={1.5} aria-hidden />}
      title={t("views.gone")}
      action={
        <Button variant="default" onClick={onAll}>
          {t("views.showAll")}
        </Button>
      }
    >
      {t("views.goneText")}
    </Empty>
  );
}
