import { Alert, Button, Group, Stack, Text } from "@mantine/core";
import { IconDownload, IconKey, IconPrinter } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { keep, request } from "@/api/client";
import { useMe } from "@/lib/entities";
import { dateOf } from "@/lib/format";
import { DialogForm, FormDialog } from "@/pages/admin/parts/FormDialog";
import { useFactorsAgain } from "./Security";
import classes from "./Security.module.css";

interface Props {
  opened: boolean;
  onClose: () => void;
}

/** New recovery codes, in place of all before. */
export function RecoveryCodes({ opened, onClose }: Props) {
  const { t } = useTranslation("account");
  return (
    <FormDialog opened={opened} onClose={onClose} title={t("codes.title")} size="lg">
      <CodesForm onCancel={onClose} onDone={onClose} />
    </FormDialog>
  );
}

interface FormProps {
  /** What leaving it without codes is called. */
  cancel?: string;
  onCancel: () => void;
  /** Once they were seen. */
  onDone: () => void;
}

export function CodesForm({ cancel, onCancel, onDone }: FormProps) {
  const { t } = useTranslation("account");
  const again = useFactorsAgain();
  const make = useMutation({
    mutationFn: () => request<{ codes: string[] }>("POST", "/me/factors/recovery"),
    // They are shown here and kept nowhere: they go with the dialog.
    gcTime: 0,
    onSuccess: again,
  });
  if (make.data) return <Codes codes={make.data.codes} onDone={onDone} />;
  return (
    <DialogForm button={t("codes.make")} sending={make} names={{}} cancel={cancel} onCancel={onCancel}>
      <Text size="sm">{t("codes.text")}</Text>
    </DialogForm>
  );
}

function Codes({ codes, onDone }: { codes: string[]; onDone: () => void }) {
  const { t } = useTranslation("account");
  const me = useMe();
  const list = useRef<HTMLOListElement>(null);
  // The button that made them is gone: the focus goes to what came of it.
  useEffect(() => list.current?.focus(), []);
  const head = t("codes.head", {
    login: me.user.login,
    organisation: me.organisation,
    date: dateOf(new Date()),
  });
  const lost = t("codes.lost", { login: me.user.login });
  const save = () => {
    const text = `${[head, "", ...codes, "", lost].join("\r\n")}\r\n`;
    keep(new Blob([text], { type: "text/plain;charset=utf-8" }), t("codes.file"));
  };
  return (
    <Stack>
      <Alert color="orange" variant="light" icon={<IconKey aria-hidden />} title={t("admin:secret.once")}>
        <Text size="sm">{t("codes.keep")}</Text>
      </Alert>
      <div className={classes.paper} data-print>
        <p className={classes.printed}>{head}</p>
        <ol ref={list} tabIndex={-1} className={classes.codes} aria-label={t("codes.title")}>
          {codes.map((code) => (
            <li key={code}>{code}</li>
          ))}
        </ol>
        <Text size="sm" c="dimmed">
          {lost}
        </Text>
      </div>
      <Group justify="space-between">
        <Group gap="sm">
          <Button variant="default" leftSection={<IconDownload size={16} aria-hidden />} onClick={save}>
            {t("codes.save")}
          </Button>
          <Button
            variant="default"
            leftSection={<IconPrinter size={16} aria-hidden />}
            onClick={() => window.print()}
          >
            {t("codes.print")}
          </Button>
        </Group>
        <Button onClick={onDone}>{t("codes.done")}</Button>
      </Group>
    </Stack>
  );
}
