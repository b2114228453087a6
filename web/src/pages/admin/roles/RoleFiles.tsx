import { Alert, Button, FileButton, Group, Modal, Stack, Text } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { notifications } from "@mantine/notifications";
import { IconDownload, IconUpload } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { download, request } from "@/api/client";
import type { components } from "@/api/schema";
import { mayManage, useMe } from "@/lib/entities";
import { bytes } from "@/lib/format";
import { done, failed } from "@/lib/undo";
import { Fact, Failed } from "@/ui/States";
import classes from "./Policy.module.css";
import { Told } from "./WhomItChanges";

type Schemas = components["schemas"];
type Imported = Schemas["RoleImport"];

/** What the server takes at most. */
const MAX_BYTES = 1024 * 1024;
const NAME = "klucznik-roles.json";

/** Roles out as a file, and in from one: first it is shown what would become of each. */
export function RoleFiles() {
  const { t } = useTranslation("admin");
  const may = mayManage(useMe(), "roles", "manage");
  const client = useQueryClient();
  const [file, setFile] = useState<Schemas["RoleFile"] | null>(null);
  /** Forgets what was chosen: else the same file, put right meanwhile, could not be chosen again. */
  const reset = useRef<() => void>(null);
  const phone = useMediaQuery("(max-width: 48em)");
  const look = useMutation({
    mutationFn: (body: unknown) =>
      request<Imported>("POST", "/roles/import", { body, query: { dry_run: true } }),
  });
  const save = useMutation({
    mutationFn: () => request<Imported>("POST", "/roles/import", { body: file }),
    onSuccess: async () => {
      close();
      done(t("files.saved"));
      await client.invalidateQueries({ queryKey: ["roles"] });
      void client.invalidateQueries({ queryKey: ["me"] });
    },
  });
  const close = () => {
    setFile(null);
    look.reset();
    save.reset();
  };
  const take = async (chosen: File | null) => {
    reset.current?.();
    if (!chosen) return;
    if (chosen.size > MAX_BYTES) return wrong(t("files.tooLarge", { max: bytes(MAX_BYTES) }));
    try {
      const read = JSON.parse(await chosen.text()) as Schemas["RoleFile"];
      setFile(read);
      look.mutate(read);
    } catch {
      wrong(t("files.noJson"));
    }
  };
  const items = look.data?.items ?? [];
  const bad = items.filter((item) => item.fate === "refused").length;
  const changing = items.filter((item) => item.fate === "new" || item.fate === "changed").length;
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconDownload size={16} aria-hidden />}
        onClick={() => void download("/roles/export", NAME).catch(failed)}
      >
        {t("files.export")}
      </Button>
      {may && (
        <FileButton resetRef={reset} accept=".json,application/json" onChange={(chosen) => void take(chosen)}>
          {(props) => (
            <Button {...props} variant="default" leftSection={<IconUpload size={16} aria-hidden />}>
              {t("files.import")}
            </Button>
          )}
        </FileButton>
      )}
      <Modal opened={file !== null} onClose={close} title={t("files.title")} size="xl" fullScreen={phone}>
        <Stack>
          {look.isPending && <Text size="sm">{t("files.looking")}</Text>}
          {look.error && <Failed error={look.error} />}
          {bad > 0 && (
            <Alert color="orange" variant="light" role="alert">
              {t("files.refused", { count: bad })}
            </Alert>
          )}
          <Items items={items} />
          {look.data && <Told preview={look.data.preview} />}
          {save.error && <Failed error={save.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              {t("common:cancel")}
            </Button>
            <Button
              disabled={bad > 0 || changing === 0}
              loading={save.isPending}
              onClick={() => save.mutate()}
            >
              {t("files.confirm")}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  );
}

const wrong = (message: string) => void notifications.show({ color: "red", message, autoClose: 12_000 });

const KINDS = { new: "warn", changed: "warn", same: "muted", refused: "danger" } as const;

function Items({ items }: { items: Imported["items"] }) {
  const { t } = useTranslation("admin");
  return (
    <div>
      {items.map((item, at) => (
        <div key={at} className={classes.one}>
          <Text size="sm" fw={500} component="div">
            {item.name || "?"} <Fact kind={KINDS[item.fate]}>{t(`admin:files.fate.${item.fate}`)}</Fact>
          </Text>
          <ul className={classes.list}>
            {[...item.reasons, ...item.changes].map((text) => (
              <li key={text}>{text}</li>
            ))}
          </ul>
        </div>
      ))}
    </div>
  );
}
