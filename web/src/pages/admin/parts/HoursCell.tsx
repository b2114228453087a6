import { Button, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { WorkingHours } from "@/api/types";
import { hoursText } from "@/lib/hours";
import { FormDialog } from "./FormDialog";
import { HoursForm } from "./HoursForm";

interface Props {
  /** Whose they are. */
  role: string;
  hours: WorkingHours | null;
  /** What the server says is wrong with them. */
  error: string | undefined;
  onChange: (hours: WorkingHours | null) => void;
}

/** The hours of a role: how they read, and the way to change them. */
export function HoursCell({ role, hours, error, onChange }: Props) {
  const { t } = useTranslation("admin");
  const [open, setOpen] = useState(false);
  const text = hours ? hoursText(hours) : t("hours.always");
  const change = (next: WorkingHours | null) => {
    onChange(next);
    setOpen(false);
  };
  return (
    <Stack gap={4} align="flex-start">
      <Button
        variant="default"
        aria-haspopup="dialog"
        aria-label={t("hours.of", { role, hours: text })}
        h="auto"
        mih={36}
        py={4}
        onClick={() => setOpen(true)}
      >
        <Text span size="sm" ta="start">
          {text}
        </Text>
      </Button>
      {error && (
        <Text size="xs" c="var(--mantine-color-error)" role="alert">
          {error}
        </Text>
      )}
      <FormDialog title={t("hours.title", { role })} opened={open} size="lg" onClose={() => setOpen(false)}>
        <HoursForm hours={hours} onDone={change} onCancel={() => setOpen(false)} />
      </FormDialog>
    </Stack>
  );
}
