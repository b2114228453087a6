import { useTranslation } from "react-i18next";
import type { Entity, Row } from "@/api/types";
import { stageFields } from "@/pages/deals/deal";
import { StageDialog } from "@/pages/deals/StageDialog";
import { OwnerDialog } from "@/pages/record/dialogs/OwnerDialog";
import { useRowWrite } from "@/pages/record/useRowWrite";

interface Props {
  entity: Entity;
  row: Row;
  title: string;
  what: "owner" | "stage";
  /** Fields that may be changed. */
  writable: string[];
  onClose: () => void;
}

/** Another owner for a record, or another stage for a deal, where it is listed. */
export default function RowDialog({ entity, row, title, what, writable, onClose }: Props) {
  const { t } = useTranslation("deals");
  const write = useRowWrite(entity);
  if (what === "owner")
    return (
      <OwnerDialog
        entity={entity.name}
        owner={row.owner}
        onChange={(patch, label) => void write(row, patch, label)}
        onClose={onClose}
      />
    );
  return (
    <StageDialog
      title={title}
      stage={row.fields.stage}
      reason={row.fields.lost_reason}
      writable={writable}
      onMove={(stage, reason) => {
        onClose();
        const label = t("moved", { title, stage: stage.title });
        void write(row, { fields: stageFields(stage, reason) }, label);
      }}
      onClose={onClose}
    />
  );
}
