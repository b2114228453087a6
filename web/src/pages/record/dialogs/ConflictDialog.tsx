import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Refs } from "@/api/types";
import { inWords } from "@/i18n";
import { fieldOf } from "@/lib/entities";
import { dateTime } from "@/lib/format";
import { FieldValue } from "@/ui/FieldValue";
import { useReturnFocus } from "@/ui/returnFocus";
import { useTitles } from "@/ui/titles";
import { useHere } from "../here";
import type { Conflict } from "../useSaving";
import classes from "./Dialogs.module.css";

const NO_REFS: Refs = {};

/** Two people changed the same field: both values, and a choice. */
export function ConflictDialog({
  conflict,
  settle,
}: {
  conflict: Conflict;
  settle: (mine: boolean) => void;
}) {
  const { t } = useTranslation("record");
  useReturnFocus();
  const { entity } = useHere();
  const { theirs, wanted, names } = conflict;
  // What was just chosen is not among what the record refers to at the server.
  const chosen = names.flatMap((field) => {
    const id = wanted[field];
    return typeof id === "string" ? [{ field, id }] : [];
  });
  const titles = useTitles(entity, chosen, theirs.refs ?? NO_REFS);
  return (
    // It closes by a choice only: otherwise Esc would drop one's own value.
    <Modal
      opened
      onClose={() => settle(false)}
      closeOnEscape={false}
      closeOnClickOutside={false}
      withCloseButton={false}
      title={t("conflict.title")}
      size="lg"
    >
      <Stack>
        <Text size="sm">
          {t("conflict.text", { name: theirs.updated_by.name, at: dateTime(theirs.updated_at) })}
        </Text>
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">{t("conflict.field")}</th>
              <th scope="col">{t("conflict.mine")}</th>
              <th scope="col">{t("conflict.theirs", { name: theirs.updated_by.name })}</th>
            </tr>
          </thead>
          <tbody>
            {names.map((name) => {
              const field = fieldOf(entity, name);
              if (!field) return null;
              return (
                <tr key={name}>
                  <th scope="row">{inWords(field.label)}</th>
                  <td>
                    <FieldValue field={field} value={wanted[name]} refs={titles} plain />
                  </td>
                  <td>
                    <FieldValue field={field} value={theirs.fields[name]} refs={theirs.refs} plain />
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={() => settle(false)}>
            {t("conflict.takeTheirs")}
          </Button>
          <Button onClick={() => settle(true)} data-autofocus>
            {t("conflict.keepMine")}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
