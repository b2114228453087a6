import { Table } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { BulkResult } from "@/api/types";
import { inWords } from "@/i18n";
import { findEntity, useEntities, useNames } from "@/lib/entities";
import { number } from "@/lib/format";
import { useOwners } from "@/ui/colleagues";
import { SHARED_VIEWS } from "@/ui/JobsWords";
import classes from "./Jobs.module.css";

interface Props {
  result: BulkResult;
  /** Whether it was only looked at. */
  preview: boolean;
}

/** What becomes of the records that are handed over, by kind and new owner, and why some stay. */
export function HandOverParts({ result, preview }: Props) {
  const { t } = useTranslation("jobs");
  const entities = useEntities();
  const names = useNames();
  // Two of one name are told apart as where they were chosen.
  const { people } = useOwners(entities.map((entity) => entity.name));
  const name = (id: string) => people.find(({ value }) => value === id)?.label ?? names(id);
  const kind = (entity: string) =>
    entity === SHARED_VIEWS
      ? t("handOver.views")
      : inWords(findEntity(entities, entity)?.label_plural) || entity;
  const parts = result.parts ?? [];
  if (parts.length === 0) return null;
  const someStay = parts.some((part) => part.stays.length > 0);
  const named = parts.some((part) => part.to);
  return (
    <div className={classes.scroll}>
      <Table captionSide="top" className={classes.table}>
        <Table.Caption className={classes.caption}>
          {preview ? t("handOver.wouldGo") : t("handOver.went")}
        </Table.Caption>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t("handOver.kind")}</Table.Th>
            {named && <Table.Th>{t("handOver.to")}</Table.Th>}
            <Table.Th>{preview ? t("handOver.goes") : t("handOver.gone")}</Table.Th>
            {someStay && <Table.Th>{t("handOver.stays")}</Table.Th>}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {parts.map((part) => (
            <Table.Tr key={`${part.entity} ${part.to}`}>
              <Table.Td>{kind(part.entity)}</Table.Td>
              {named && <Table.Td>{part.to ? name(part.to) : "–"}</Table.Td>}
              <Table.Td>
                {number(part.changed)}
                {part.binned > 0 && ` ${t("handOver.binned", { number: number(part.binned) })}`}
              </Table.Td>
              {someStay && (
                <Table.Td>
                  {part.stays.map((stays) => (
                    <div key={stays.reason}>
                      {number(stays.count)}: {stays.reason}
                    </div>
                  ))}
                </Table.Td>
              )}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}
