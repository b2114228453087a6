import { Modal, Text } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { Access, Entity, GrantCreate, Id } from "@/api/types";
import { number } from "@/lib/format";
import { GrantForm } from "@/pages/record/dialogs/GrantForm";
import { bulkAct, type Select, startBulk } from "@/ui/BulkBarJobs";
import { useReturnFocus } from "@/ui/returnFocus";
import { look } from "@/ui/secondPerson";

interface Props {
  entity: Entity;
  access?: Access;
  select: Select;
  /** The first of them. */
  ids: Id[];
  count: number;
  /** It was begun, or asked for. */
  onDone: () => void;
  onClose: () => void;
}

/** Shares the records chosen, each as a single one is shared, after a look at what that comes to. */
export function ShareMany({ entity, access, select, ids, count, onDone, onClose }: Props) {
  const { t } = useTranslation("list");
  useReturnFocus();
  const client = useQueryClient();
  const give = async (share: GrantCreate) => {
    const deed = { share };
    const run = async () => {
      await startBulk(client, entity, select, deed, onDone);
      onDone();
    };
    const button = t("bulk.shareRun", { count, number: number(count) });
    look(client, { act: bulkAct(entity, select, deed), button, run, asked: onDone });
    return false;
  };
  return (
    <Modal opened onClose={onClose} title={t("bulk.shareTitle")} size="md">
      <GrantForm
        entity={entity}
        ids={ids}
        hidden={access?.hidden}
        button={t("bulk.shareLook")}
        note={
          <Text size="sm" c="dimmed">
            {t("bulk.shareNote")}
          </Text>
        }
        onGive={give}
        onClose={onClose}
      />
    </Modal>
  );
}
