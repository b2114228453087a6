import { Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { problemOf } from "@/api/client";
import type { UserView } from "@/api/types";
import { dateTime } from "@/lib/format";
import { done } from "@/lib/undo";
import DateField from "@/ui/DateField";
import { DialogForm, FormDialog } from "../parts/FormDialog";
import { usePatchUser } from "./patch";
import { FateChoice, useFate } from "./Records";

interface Props {
  user: UserView;
  opened: boolean;
  onClose: () => void;
  /** The records are to go to others. */
  onHandOver: () => void;
}

/** When somebody's rights end. */
export function Leaving({ user, opened, onClose, onHandOver }: Props) {
  const { t } = useTranslation("admin");
  return (
    <FormDialog opened={opened} onClose={onClose} title={t("leaving.title", { name: user.name })}>
      <Form user={user} onClose={onClose} onHandOver={onHandOver} />
    </FormDialog>
  );
}

function Form({ user, onClose, onHandOver }: Omit<Props, "opened">) {
  const { t } = useTranslation("admin");
  const patch = usePatchUser();
  const [end, setEnd] = useState<string | null>(user.ends_at ?? null);
  const choice = useFate(user.id);
  const set = useMutation({
    mutationFn: () => patch(user.id, user.version, { ends_at: end }),
    onSuccess: (now) => {
      onClose();
      const label = end ? t("leaving.set", { date: dateTime(end) }) : t("leaving.cleared");
      done(label, () => patch(user.id, now.version, { ends_at: user.ends_at ?? null }));
      if (end && choice.fate === "go") onHandOver();
    },
  });
  const problem = problemOf(set.error);
  return (
    <DialogForm
      button={t("common:save")}
      disabled={end === (user.ends_at ?? null)}
      sending={set}
      names={{ ends_at: t("leaving.end") }}
      onCancel={onClose}
    >
      <Text size="sm">{t("leaving.text")}</Text>
      <DateField
        kind="date_time"
        label={t("leaving.end")}
        value={end ?? ""}
        onChange={setEnd}
        error={problem?.issue("ends_at")}
      />
      {end && <FateChoice {...choice} />}
    </DialogForm>
  );
}
