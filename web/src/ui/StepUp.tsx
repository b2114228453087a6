// The question whether it is still the user who is there. What was being done goes on after it.
import { Alert, Button, Modal, Stack, Text } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { isDeclined, request } from "@/api/client";
import { meQuery, providersQuery } from "@/api/queries";
import type { FactorAwaited, Proof } from "@/api/types";
import { useMe } from "@/lib/entities";
import type { Asked } from "@/lib/stepUp";
import { FactorForm } from "./FactorForm";
import { Providers } from "./Providers";
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
  const show = async (proof: Proof) => {
    await request("POST", "/me/step-up/finish", { body: proof });
    answer(true);
    void client.invalidateQueries({ queryKey: meQuery.queryKey });
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
        {begun?.factors.length === 0 && <AtProvider onCancel={cancel} />}
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

/** For whoever has neither a factor nor a password: the provider asks, and the browser comes back to this page. */
function AtProvider({ onCancel }: { onCancel: () => void }) {
  const { t } = useTranslation("factors");
  const providers = useQuery(providersQuery).data?.providers ?? [];
  const { pathname, search } = location;
  return (
    <>
      <Text size="sm">{t("stepUp.provider")}</Text>
      <Providers providers={providers} back={`${pathname}${search}`} anew or={false} />
      <Button variant="default" onClick={onCancel}>
        {t("common:cancel")}
      </Button>
    </>
  );
}
