import { Checkbox, Modal, Select, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Entity, Value } from "@/api/types";
import { inWords } from "@/i18n";
import { fieldOf } from "@/lib/entities";
import type { BulkDeed } from "./BulkBarJobs";
import { DialogButtons } from "./DialogButtons";
import { FieldInput } from "./FieldInput";
import { useReturnFocus } from "./returnFocus";
import { OwnerSelect } from "./UserSelect";

interface Props {
  entity: Entity;
  writable: string[];
  what: "owner" | "field";
  count: number;
  /** The count as it is written. */
  number: string;
  onRun: (deed: BulkDeed) => Promise<void>;
  onClose: () => void;
}

/** A new owner, or one value for a field of all the records chosen. */
export function BulkBarChange({ entity, writable, what, count, number, onRun, onClose }: Props) {
  const { t } = useTranslation("list");
  useReturnFocus();
  const [owner, setOwner] = useState<string | null>(null);
  const [name, setName] = useState<string | null>(null);
  const [value, setValue] = useState<Value>(null);
  const [emptied, setEmptied] = useState(false);
  const [busy, setBusy] = useState(false);
  // A unique value cannot be given to many.
  const fields = entity.fields.filter((f) => writable.includes(f.name) && !f.flags.unique);
  const field = name ? fieldOf(entity, name) : undefined;
  const filled = value !== null && value !== "";
  const ready = what === "owner" ? owner !== null : field !== undefined && (filled || emptied);
  const run = async (event: React.FormEvent) => {
    event.preventDefault();
    setBusy(true);
    const fieldsTo = name ? { [name]: emptied ? null : value } : {};
    await onRun({ change: what === "owner" ? { owner: owner ?? "" } : { fields: fieldsTo } });
    setBusy(false);
  };
  return (
    <Modal opened onClose={onClose} title={what === "owner" ? t("bulk.owner") : t("bulk.field")}>
      <form onSubmit={run}>
        <Stack gap="md">
          {what === "owner" ? (
            <OwnerSelect
              entity={entity.name}
              label={t("beside.owner")}
              data-autofocus
              value={owner}
              onChange={setOwner}
            />
          ) : (
            <Select
              label={t("filter.field")}
              data-autofocus
              searchable
              nothingFoundMessage={t("common:nothingFound")}
              data={fields.map((f) => ({ value: f.name, label: inWords(f.label) }))}
              value={name}
              onChange={(next) => {
                setName(next);
                setEmptied(false);
                setValue(next && fieldOf(entity, next)?.kind === "bool" ? false : null);
              }}
            />
          )}
          {field && !emptied && (
            <FieldInput key={field.name} field={field} value={value} onChange={setValue} />
          )}
          {field && !field.flags.required && (
            <Checkbox
              label={t("bulk.emptied")}
              checked={emptied}
              onChange={(event) => setEmptied(event.currentTarget.checked)}
            />
          )}
          <Text size="sm" c="dimmed">
            {t("bulk.note")}
          </Text>
          <DialogButtons
            button={t("bulk.run", { count, number })}
            busy={busy}
            disabled={!ready}
            onCancel={onClose}
          />
        </Stack>
      </form>
    </Modal>
  );
}
