// What is exported, in which form. The export is a job, and stands in the ledger.
import { Button, Group, Modal, Radio, Stack, Text } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Entity } from "@/api/types";
import { number } from "@/lib/format";
import { failed } from "@/lib/undo";
import { type ExportWish, exportAct, startExport } from "./BulkBarJobs";
import { useReturnFocus } from "./returnFocus";
import { LOOK, look } from "./secondPerson";

interface Props {
  entity: Entity;
  /** Ids of chosen rows; none chosen means the whole list. */
  ids?: string[];
  total?: number;
  params: { q?: string; filter: string[]; sort?: string };
  /** Names of the fields that the table shows. */
  columns: string[];
  onClose: () => void;
}

type Form = ExportWish["format"];

export function ExportDialog({ entity, ids, total, params, columns, onClose }: Props) {
  const { t } = useTranslation("list");
  useReturnFocus();
  const client = useQueryClient();
  const [format, setFormat] = useState<Form>("xlsx");
  const [what, setWhat] = useState(ids ? "chosen" : "list");
  const [which, setWhich] = useState("all");
  const [busy, setBusy] = useState(false);
  const formats: Form[] = entity.name === "person" ? ["xlsx", "csv", "vcf"] : ["xlsx", "csv"];
  const run = async (event: React.FormEvent) => {
    event.preventDefault();
    const wish: ExportWish = {
      format,
      ...(what === "chosen" ? { ids, sort: params.sort } : params),
      fields: which === "shown" && format !== "vcf" ? columns : undefined,
    };
    const count = what === "chosen" ? (ids?.length ?? 0) : (total ?? LOOK + 1);
    if (count > LOOK) {
      onClose();
      const run = () => startExport(client, entity, wish);
      return look(client, { act: exportAct(entity, wish), button: t("export.button"), run });
    }
    setBusy(true);
    try {
      await startExport(client, entity, wish);
      onClose();
    } catch (error) {
      failed(error);
      setBusy(false);
    }
  };
  return (
    <Modal opened onClose={onClose} title={t("export.title")}>
      <form onSubmit={run}>
        <Stack gap="lg">
          <Radio.Group label={t("export.format")} value={format} onChange={(v) => setFormat(v as Form)}>
            <Stack gap="sm" mt="sm">
              {formats.map((f) => (
                <Radio
                  key={f}
                  value={f}
                  label={t(`export.as.${f}`)}
                  data-autofocus={f === format || undefined}
                />
              ))}
            </Stack>
          </Radio.Group>
          {ids && (
            <Radio.Group label={t("export.what")} value={what} onChange={setWhat}>
              <Stack gap="sm" mt="sm">
                <Radio
                  value="chosen"
                  label={t("export.chosen", { count: ids.length, number: number(ids.length) })}
                />
                <Radio value="list" label={t("export.list")} />
              </Stack>
            </Radio.Group>
          )}
          {format !== "vcf" && (
            <Radio.Group label={t("export.fields")} value={which} onChange={setWhich}>
              <Stack gap="sm" mt="sm">
                <Radio value="all" label={t("export.allFields")} />
                <Radio value="shown" label={t("export.shownFields")} />
              </Stack>
            </Radio.Group>
          )}
          <Text size="sm" c="dimmed">
            {t("export.note")}
          </Text>
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose}>
              {t("common:cancel")}
            </Button>
            <Button type="submit" loading={busy} disabled={what === "list" && total === 0}>
              {t("export.button")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
