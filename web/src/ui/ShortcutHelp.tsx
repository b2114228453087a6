import { Checkbox, Kbd, Modal, Stack, Table, Title } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { usePreferences } from "@/lib/entities";
import { shortcutsNow } from "@/lib/keys";
import { closeOverlay } from "@/lib/overlay";
import { useReturnFocus } from "./returnFocus";
import { useChangeSettings } from "./settings";

const shown = (keys: string) =>
  keys.split(" ").map((key) =>
    key
      .split("+")
      .map(
        (part) =>
          ({ mod: "Ctrl", shift: "Shift", alt: "Alt" })[part] ??
          (part.length === 1 ? part.toUpperCase() : part),
      )
      .join(" + "),
  );

/** What the keyboard does here. */
export default function ShortcutHelp() {
  const { t } = useTranslation();
  const preferences = usePreferences();
  const change = useChangeSettings();
  useReturnFocus();
  const [all] = useState(() => shortcutsNow().filter((s) => s.label));
  const groups = [...new Set(all.map((s) => s.group ?? t("keys.here")))];
  return (
    <Modal
      opened
      onClose={closeOverlay}
      title={t("keys.help")}
      size="lg"
      closeButtonProps={{ "aria-label": t("close") }}
    >
      <Stack>
        <Checkbox
          label={t("keys.single")}
          checked={preferences.shortcuts !== false}
          onChange={(e) => change({ shortcuts: e.currentTarget.checked })}
        />
        {groups.map((group) => (
          <section key={group}>
            <Title order={2} size="h3" mb="xs">
              {group}
            </Title>
            <Table>
              <Table.Tbody>
                {all
                  .filter((s) => (s.group ?? t("keys.here")) === group)
                  .map((s) => (
                    <Table.Tr key={s.keys + s.label}>
                      <Table.Td w={180}>
                        {shown(s.keys).map((key, i) => (
                          <span key={key + i}>
                            {i > 0 && ` ${t("keys.then")} `}
                            <Kbd>{key}</Kbd>
                          </span>
                        ))}
                      </Table.Td>
                      <Table.Td>{s.label}</Table.Td>
                    </Table.Tr>
                  ))}
              </Table.Tbody>
            </Table>
          </section>
        ))}
      </Stack>
    </Modal>
  );
}
