// Signing in with the account of a provider: the browser goes there, and comes back to /sign-on/ and its name.
import { Alert, Button, Divider, Stack } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Problem, request } from "@/api/client";
import type { Providers as All, SignOnBegun } from "@/api/types";

interface Props {
  providers: All["providers"];
  /** Where to go then. */
  back?: string;
  /** The secret of an invitation by which the account is linked. */
  invitation?: string;
  /** Whether whoever is signed in here is to prove to be there, and nobody else comes in by it. */
  confirm?: boolean;
  /** Whether another way follows. */
  or: boolean;
}

export function Providers({ providers, back, invitation, confirm, or }: Props) {
  const { t } = useTranslation();
  const begin = useMutation({
    mutationFn: (provider: string) =>
      request<SignOnBegun>("POST", "/sign-on", { body: { provider, back, invitation, confirm } }),
    onSuccess: ({ address }) => location.assign(address),
  });
  if (providers.length === 0) return null;
  const failure = begin.error;
  return (
    <Stack>
      {failure && (
        <Alert
          color="red"
          variant="light"
          role="alert"
          title={failure instanceof Problem ? failure.title : t("factors:wrong.title")}
        >
          {failure.message}
        </Alert>
      )}
      {providers.map(({ name, label }) => (
        <Button
          key={name}
          variant={or ? "default" : "filled"}
          fullWidth
          loading={begin.isPending && begin.variables === name}
          disabled={begin.isPending}
          onClick={() => begin.mutate(name)}
        >
          {t("signOn.with", { label })}
        </Button>
      ))}
      {or && <Divider label={t("signOn.or")} />}
    </Stack>
  );
}
