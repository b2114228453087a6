// The question whether it is still the user who is there. What was being done goes on after it.
import { Alert, Button, Modal, Stack, Text } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { isDeclined, request } from "@/api/client";
import { meQuery } from "@/api/queries";
import type { FactorAwaited, Proof } from "@/api/types";
import { useMe } from "@/lib/entities";
import type { Asked } from "@/lib/stepUp";
import { AtProvider } from "./AtProvider";
import { FactorForm } from "./FactorForm";
import { useReturnFocus } from "./returnFocus";
import { Failed, Loading } from "./States";

export default function StepUp({ asked: { why, answer } }: { asked: Asked }) {
  const { t } = useTranslation("factors");
  const me = useMe();
  const client = useQueryClient();
  useReturnFocus();
  const [begun, setBegun] = useState<FactorAwaited | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [refused, setRefused] = useState(false);
  const asked = useRef(false);
  const begin = () => {
    setBegun(null);
    request<FactorAwaited>("POST", "/me/step-up").then(setBegun, setError);
  };
  useEffect(() => {
    if (asked.current) return;
    asked.current = true;
    begin();
  });
  const over = () => {
    setRefused(true);
    begin();
  };
  const confirmed = () => {
    answer(true);
    void client.invalidateQueries({ queryKey: meQuery.queryKey });
  };
  const show = async (proof: Proof) => {
    await request("POST", "/me/step-up/finish", { body: proof });
    confirmed();
  };
  const cancel = () => answer(false);
  return (
    <Modal opened onClose={cancel} title={t("stepUp.title")} closeOnClickOutside={false} zIndex={300}>
      <Stack>
        <Text size="sm">{why}</Text>
        <Text size="sm">{t("stepUp.text")}</Text>
        {error !== null && !isDeclined(error) && <Failed error={error} />}
        {refused && (
          <Alert color="red" variant="light" role="alert" title={t("wrong.title")}>
            {t("wrong.passkey")}
          </Alert>
        )}
        {begun === null && error === null && <Loading rows={2} />}
        {begun?.factors.length === 0 && (
          <AtProvider providers={begun.providers ?? []} onConfirmed={confirmed} onCancel={cancel} />
        )}
        {begun && begun.factors.length > 0 && (
          <FactorForm
            awaited={begun}
            button={t("stepUp.button")}
            login={me.user.login}
            show={show}
            onOver={over}
          >
            <Button variant="default" onClick={cancel}>
              {t("common:cancel")}
            </Button>
          </FactorForm>
        )}
      </Stack>
    </Modal>
  );
}
