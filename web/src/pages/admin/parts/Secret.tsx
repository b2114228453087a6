import { Alert, Button, Group, Stack, Text, TextInput } from "@mantine/core";
import { IconCheck, IconCopy, IconKey } from "@tabler/icons-react";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";

interface Props {
  label: string;
  value: string;
  /** What to do with it. */
  children: string;
}

/** A secret that is shown this once. It lives in the component only. */
export function Secret({ label, value, children }: Props) {
  const { t } = useTranslation("admin");
  const input = useRef<HTMLInputElement>(null);
  const [state, setState] = useState<"new" | "copied" | "byHand">("new");
  // The button that made it is gone: the focus goes to what came of it, ready to be copied.
  useEffect(() => input.current?.focus(), []);
  const copy = async () => {
    input.current?.select();
    try {
      await navigator.clipboard.writeText(value);
      setState("copied");
    } catch {
      setState("byHand");
    }
  };
  return (
    <Alert color="orange" variant="light" icon={<IconKey aria-hidden />} title={t("secret.once")}>
      <Stack gap="sm">
        <Text size="sm">{children}</Text>
        <Group align="flex-end" gap="sm">
          <TextInput
            ref={input}
            label={label}
            value={value}
            readOnly
            style={{ flex: "1 1 220px" }}
            onFocus={(e) => e.currentTarget.select()}
            styles={{ input: { fontFamily: "var(--mantine-font-family-monospace)" } }}
          />
          <Button
            variant="default"
            onClick={() => void copy()}
            leftSection={
              state === "copied" ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />
            }
          >
            {state === "copied" ? t("secret.copied") : t("secret.copy")}
          </Button>
        </Group>
        <Text size="sm" role="status">
          {state === "byHand" ? t("secret.byHand") : ""}
        </Text>
      </Stack>
    </Alert>
  );
}
