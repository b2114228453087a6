import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { inWords } from "@/i18n";
import { fieldOf } from "@/lib/entities";
import { dateTime } from "@/lib/format";
import { FieldValue } from "@/ui/FieldValue";
import { useReturnFocus } from "@/ui/returnFocus";
import { useHere } from "../here";
import type { Conflict } from "../useSaving";
import classes from "./Dialogs.module.css";

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
                    <FieldValue field={field} value={wanted[name]} refs={theirs.refs} plain />
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
