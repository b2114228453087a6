// For whoever has neither a factor nor a password: the provider asks, in a window of its own, and this page stays.
import { Alert, Button, Stack, Text } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { serverNow } from "@/api/client";
import { meQuery } from "@/api/queries";
import type { FactorAwaited } from "@/api/types";
import { awaitConfirmed, openAt } from "@/lib/atProvider";
import { useMe } from "@/lib/entities";
import { Providers } from "./Providers";
import { Failed } from "./States";

interface Props {
  /** Those at which the user has an account, as the server says. */
  providers: NonNullable<FactorAwaited["providers"]>;
  onConfirmed: () => void;
  onCancel: () => void;
}

/** Asks the server whether it was confirmed, whenever that may be: it is said so, or one comes back to this page. */
function useConfirmed(waits: boolean, onConfirmed: () => void): void {
  const client = useQueryClient();
  const { id } = useMe().user;
  const told = useRef(onConfirmed);
  told.current = onConfirmed;
  useEffect(() => {
    if (!waits) return;
    let over = false;
    const look = async () => {
      const now = await client.fetchQuery({ ...meQuery, staleTime: 0 }).catch(() => null);
      // What this page does next is to be done by whoever is in it.
      if (over || now?.user.id !== id || new Date(now.factors.fresh_until).getTime() <= serverNow()) return;
      over = true;
      told.current();
    };
    const off = awaitConfirmed(() => void look());
    const back = () => void look();
    window.addEventListener("focus", back);
    return () => {
      over = true;
      off();
      window.removeEventListener("focus", back);
    };
  }, [waits, client, id]);
}

export function AtProvider({ providers, onConfirmed, onCancel }: Props) {
  const { t } = useTranslation("factors");
  const [state, setState] = useState<"asked" | "waits" | "blocked">("asked");
  const open = useMutation({
    mutationFn: openAt,
    onSuccess: (opened) => setState(opened ? "waits" : "blocked"),
  });
  useConfirmed(state === "waits", onConfirmed);
  const { pathname, search } = location;
  return (
    <Stack>
      {open.error && <Failed error={open.error} />}
      {state === "waits" && (
        <Alert color="gray" variant="light" role="status">
          {t("stepUp.waits")}
        </Alert>
      )}
      {state === "blocked" ? (
        <>
          <Alert color="yellow" variant="light" role="alert" title={t("stepUp.blocked")}>
            {t("stepUp.here")}
          </Alert>
          <Providers providers={providers} back={`${pathname}${search}`} confirm or={false} />
        </>
      ) : (
        <>
          <Text size="sm">{t(providers.length === 0 ? "stepUp.nowhere" : "stepUp.provider")}</Text>
          {providers.map(({ name, label }, at) => (
            <Button
              key={name}
              fullWidth
              data-autofocus={at === 0 || undefined}
              variant={state === "waits" ? "default" : "filled"}
              loading={open.isPending && open.variables === name}
              disabled={open.isPending}
              onClick={() => open.mutate(name)}
            >
              {t("common:signOn.with", { label })}
            </Button>
          ))}
        </>
      )}
      <Button variant="default" onClick={onCancel}>
        {t("common:cancel")}
      </Button>
    </Stack>
  );
}
