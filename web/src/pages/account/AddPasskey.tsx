import { Alert, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { problemOf, request } from "@/api/client";
import type { Factor } from "@/api/types";
import { makePasskey, PasskeyFailure } from "@/lib/passkeys";
import { done } from "@/lib/undo";
import { DialogForm, FormDialog } from "@/pages/admin/parts/FormDialog";
import { FactorName } from "./AddApplication";
import { useFactorsAgain } from "./Security";

interface Props {
  opened: boolean;
  onClose: () => void;
}

/** A passkey: the browser makes it, on this device or on a key that is plugged in. */
export function AddPasskey({ opened, onClose }: Props) {
  const { t } = useTranslation("account");
  return (
    <FormDialog opened={opened} onClose={onClose} title={t("security.addPasskey")}>
      <PasskeyForm
        onCancel={onClose}
        onAdded={() => {
          done(t("security.added"));
          onClose();
        }}
      />
    </FormDialog>
  );
}

export function PasskeyForm({ onCancel, onAdded }: { onCancel: () => void; onAdded: () => void }) {
  const { t } = useTranslation("account");
  const again = useFactorsAgain();
  const [name, setName] = useState(() => t("passkey.named"));
  const add = useMutation({
    mutationFn: async () => {
      const { passkey } = await request<{ passkey: PublicKeyCredentialCreationOptionsJSON }>(
        "POST",
        "/me/factors/passkey",
      );
      const made = await makePasskey(passkey);
      return request<Factor>("POST", "/me/factors", { body: { name, passkey: made } });
    },
    onSuccess: () => {
      again();
      onAdded();
    },
  });
  const refused = problemOf(add.error);
  const told = add.error instanceof PasskeyFailure ? add.error.message : undefined;
  const sending = { ...add, error: told ? null : add.error };
  return (
    <DialogForm
      button={t("passkey.make")}
      sending={sending}
      names={{ name: t("security.name") }}
      onCancel={onCancel}
    >
      <Text size="sm">{t("passkey.text")}</Text>
      {told && (
        <Alert color="red" variant="light" role="alert" title={t("passkey.notMade")}>
          {told}
        </Alert>
      )}
      <FactorName value={name} error={refused?.issue("name")} onChange={setName} />
    </DialogForm>
  );
}
