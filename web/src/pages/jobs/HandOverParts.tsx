import { Table } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { BulkResult } from "@/api/types";
import { inWords } from "@/i18n";
import { findEntity, useEntities, useNames } from "@/lib/entities";
import { number } from "@/lib/format";
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
  const name = useNames();
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
              <Table.Td>{inWords(findEntity(entities, part.entity)?.label_plural) || part.entity}</Table.Td>
              {named && <Table.Td>{part.to ? name(part.to) : "–"}</Table.Td>}
              <Table.Td>{number(part.changed)}</Table.Td>
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
