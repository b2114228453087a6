import { Alert, Button, Text } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useCallback, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Problem, request } from "@/api/client";
import { meQuery } from "@/api/queries";
import type { FactorAwaited, Proof } from "@/api/types";
import { safe } from "@/lib/safe";
import { FactorForm } from "@/ui/FactorForm";
import { Providers } from "@/ui/Providers";
import { Failed, Loading } from "@/ui/States";
import { Frame } from "./Frame";

/**
 * The question whether it is still the user who is there, where nothing else is answered before: the session is used
 * in another browser than it was begun in.
 */
export default function Confirm() {
  const { t } = useTranslation("factors");
  const go = useNavigate();
  const client = useQueryClient();
  const search = useSearch({ strict: false }) as { to?: string };
  const [begun, setBegun] = useState<FactorAwaited | null>(null);
  const [why, setWhy] = useState("");
  const [error, setError] = useState<unknown>(null);
  const [refused, setRefused] = useState(false);
  const asked = useRef(false);
  const leave = useCallback(
    async (to: string) => {
      client.clear();
      await go({ href: to, replace: true });
    },
    [client, go],
  );
  const begin = useCallback(() => {
    setBegun(null);
    request<FactorAwaited>("POST", "/me/step-up").then(setBegun, setError);
  }, []);
  useEffect(() => {
    if (asked.current) return;
    asked.current = true;
    // Why it is asked is what the server says to any other request.
    client.fetchQuery({ ...meQuery, retry: false, staleTime: 0 }).then(
      () => leave(safe(search.to)),
      (problem) => {
        if (!(problem instanceof Problem) || problem.code !== "step-up-required") return setError(problem);
        setWhy(problem.message);
        begin();
      },
    );
  }, [client, leave, begin, search.to]);
  const show = async (proof: Proof) => {
    await request("POST", "/me/step-up/finish", { body: proof });
    await leave(safe(search.to));
  };
  const signOut = async () => {
    await request("DELETE", "/sessions/current").catch(() => undefined);
    await leave("/sign-in");
  };
  return (
    <Frame title={t("stepUp.title")} foot={null}>
      {why && <Text size="sm">{why}</Text>}
      {error !== null && <Failed error={error} />}
      {refused && (
        <Alert color="red" variant="light" role="alert" title={t("wrong.title")}>
          {t("wrong.passkey")}
        </Alert>
      )}
      {begun === null && error === null && <Loading rows={2} />}
      {begun?.factors.length === 0 && (
        <>
          <Text size="sm">{t(begun.providers?.length ? "stepUp.elsewhere" : "stepUp.nowhere")}</Text>
          <Providers providers={begun.providers ?? []} back={safe(search.to)} confirm or={false} />
          <Button variant="default" onClick={() => void signOut()}>
            {t("stepUp.out")}
          </Button>
        </>
      )}
      {begun && begun.factors.length > 0 && (
        <FactorForm
          awaited={begun}
          button={t("stepUp.button")}
          show={show}
          onOver={() => {
            setRefused(true);
            begin();
          }}
        >
          <Button variant="default" onClick={() => void signOut()}>
            {t("stepUp.out")}
          </Button>
        </FactorForm>
      )}
    </Frame>
  );
}
