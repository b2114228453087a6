import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { problemOf, request } from "@/api/client";
import type { Factor } from "@/api/types";
import { DialogForm, FormDialog } from "@/pages/admin/parts/FormDialog";
import { FactorName } from "./AddApplication";
import { useFactorsAgain } from "./Security";

export function RenameFactor({ factor, onClose }: { factor: Factor | null; onClose: () => void }) {
  const { t } = useTranslation("account");
  return (
    <FormDialog opened={factor !== null} onClose={onClose} title={t("security.renameTitle")}>
      {factor && <Form factor={factor} onClose={onClose} />}
    </FormDialog>
  );
}

function Form({ factor, onClose }: { factor: Factor; onClose: () => void }) {
  const { t } = useTranslation("account");
  const again = useFactorsAgain();
  const [name, setName] = useState(factor.name);
  const rename = useMutation({
    mutationFn: () => request<Factor>("PATCH", `/me/factors/${factor.id}`, { body: { name } }),
    onSuccess: () => {
      again();
      onClose();
    },
  });
  const problem = problemOf(rename.error);
  return (
    <DialogForm
      button={t("common:save")}
      sending={rename}
      names={{ name: t("security.name") }}
      onCancel={onClose}
    >
      <FactorName value={name} error={problem?.issue("name")} onChange={setName} />
    </DialogForm>
  );
}
