import { Text } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { problemOf, request } from "@/api/client";
import type { ServiceAccount } from "@/api/types";
import { done } from "@/lib/undo";
import { useActivePeople } from "@/ui/colleagues";
import { PersonSelect } from "@/ui/PeopleSelect";
import { DialogForm, FormDialog } from "../parts/FormDialog";

interface Props {
  account: ServiceAccount;
  opened: boolean;
  onClose: () => void;
  /** It is another's now. */
  onDone: (account: ServiceAccount) => void;
}

/** Gives a service account to another owner. */
export function HandOver({ opened, ...rest }: Props) {
  const { t } = useTranslation("service");
  const title = t("handOverTitle", { name: rest.account.name });
  return (
    <FormDialog opened={opened} onClose={rest.onClose} title={title}>
      <Form {...rest} />
    </FormDialog>
  );
}

function Form({ account, onClose, onDone }: Omit<Props, "opened">) {
  const { t } = useTranslation("service");
  const client = useQueryClient();
  const people = useActivePeople().filter((one) => one.value !== account.owner.id);
  const [owner, setOwner] = useState<string | null>(null);
  const sending = useMutation({
    mutationFn: () =>
      request<ServiceAccount>("POST", `/service-accounts/${account.id}/owner`, { body: { owner } }),
    onSuccess: (now) => {
      onDone(now);
      void client.invalidateQueries({ queryKey: ["service-accounts"] });
      onClose();
      done(t("handedOver"));
    },
  });
  const problem = problemOf(sending.error);
  return (
    <DialogForm
      button={t("handOver")}
      danger
      disabled={!owner}
      sending={sending}
      names={{ owner: t("newOwner") }}
      onCancel={onClose}
    >
      <Text size="sm">{t("handOverText")}</Text>
      <PersonSelect
        label={t("newOwner")}
        required
        people={people}
        value={owner}
        error={problem?.issue("owner")}
        onChange={setOwner}
      />
    </DialogForm>
  );
}
