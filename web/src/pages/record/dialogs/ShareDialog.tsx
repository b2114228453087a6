import { Modal } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useReturnFocus } from "@/ui/returnFocus";
import { useHere } from "../here";
import { useGive } from "../useGrants";
import { GrantForm } from "./GrantForm";

/** Gives somebody a role on this one record, from a day until another. */
export function ShareDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("record");
  useReturnFocus();
  const { entity, record } = useHere();
  const give = useGive();
  return (
    <Modal opened onClose={onClose} title={t("share.title")} size="md">
      <GrantForm
        entity={entity}
        ids={[record.id]}
        hidden={record.access.hidden}
        button={t("share.confirm")}
        onGive={(body) => give(body, onClose)}
        onClose={onClose}
      />
    </Modal>
  );
}
