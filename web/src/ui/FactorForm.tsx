// Showing a factor, or the password: to sign in, and to confirm to be there.
import { Alert, Anchor, Button, Group, PasswordInput, Stack, Text, TextInput } from "@mantine/core";
import { type FormEvent, type ReactNode, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Problem } from "@/api/client";
import type { FactorAwaited, FactorKind, Proof } from "@/api/types";
import { PasskeyFailure, passkeyProof } from "@/lib/passkeys";

/** What is offered first. */
const ORDER: FactorKind[] = ["passkey", "totp", "recovery", "password"];

interface Props {
  awaited: FactorAwaited;
  /** What it does: a verb. */
  button: string;
  /** Shows it to the server; what this throws is told here. */
  show: (proof: Proof) => Promise<unknown>;
  /** What was begun is over after a passkey that was not accepted: it has to begin anew. */
  onOver: (error: Problem) => void;
  /** Whose password it is, for password managers. */
  login?: string;
  /** The other way out, beside the button. */
  children: ReactNode;
}

export function FactorForm({ awaited, button, show, onOver, login, children }: Props) {
  const { t } = useTranslation("factors");
  const kinds = ORDER.filter((kind) => awaited.factors.includes(kind));
  const [kind, setKind] = useState(kinds[0] ?? "totp");
  const [typed, setTyped] = useState("");
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const again = useRef<HTMLInputElement>(null);
  const choose = (next: FactorKind) => {
    setKind(next);
    setTyped("");
    setError(null);
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    // A form in a dialog is no part of the form that the dialog was opened from.
    event.stopPropagation();
    setBusy(true);
    setError(null);
    try {
      await show(kind === "passkey" ? await passkeyProof(awaited) : proofOf(kind, typed));
    } catch (failure) {
      if (kind === "passkey" && failure instanceof Problem && failure.status === 401) return onOver(failure);
      setError(failure);
      setTyped("");
      setBusy(false);
      again.current?.focus();
    }
  };
  return (
    <form onSubmit={submit} autoComplete="off">
      <Stack>
        {error !== null && <Wrong error={error} kind={kind} />}
        {kind === "passkey" ? (
          <Text size="sm">{t("help.passkey")}</Text>
        ) : (
          <Field {...{ kind, typed, login }} input={again} onType={setTyped} />
        )}
        <Group justify="flex-end" gap="sm">
          {children}
          <Button type="submit" loading={busy} data-autofocus={kind === "passkey" || undefined}>
            {kind === "passkey" ? t("use.passkey") : button}
          </Button>
        </Group>
        {kinds.length > 1 && (
          <Group gap="xs" role="group" aria-label={t("other")}>
            <Text size="sm" c="dimmed">
              {t("other")}
            </Text>
            {kinds
              .filter((one) => one !== kind)
              .map((one) => (
                <Anchor key={one} component="button" type="button" size="sm" onClick={() => choose(one)}>
                  {t(`factors:kind.${one}`)}
                </Anchor>
              ))}
          </Group>
        )}
      </Stack>
    </form>
  );
}

/** Applications show the code in two groups, and it is copied so. */
const proofOf = (kind: FactorKind, typed: string): Proof => ({
  [kind]: kind === "totp" ? typed.replace(/\s/g, "") : kind === "recovery" ? typed.trim() : typed,
});

interface FieldProps {
  kind: Exclude<FactorKind, "passkey">;
  typed: string;
  login?: string;
  input: React.RefObject<HTMLInputElement | null>;
  onType: (typed: string) => void;
}

function Field({ kind, typed, login, input, onType }: FieldProps) {
  const { t } = useTranslation("factors");
  const shared = {
    key: kind,
    ref: input,
    label: t(`factors:field.${kind}`),
    value: typed,
    required: true,
    withAsterisk: false,
    autoFocus: true,
    "data-autofocus": true,
    onChange: (event: React.ChangeEvent<HTMLInputElement>) => onType(event.currentTarget.value),
  };
  const { key, ...rest } = shared;
  if (kind === "password")
    return (
      <>
        {login && (
          <input
            type="text"
            autoComplete="username"
            className="visually-hidden"
            tabIndex={-1}
            aria-hidden
            value={login}
            readOnly
          />
        )}
        <PasswordInput key={key} {...rest} autoComplete="current-password" />
      </>
    );
  return (
    <TextInput
      key={key}
      {...rest}
      description={t(`factors:help.${kind}`)}
      autoCapitalize="none"
      spellCheck={false}
      {...(kind === "totp"
        ? { autoComplete: "one-time-code", inputMode: "numeric" }
        : { autoComplete: "off" })}
    />
  );
}

function Wrong({ error, kind }: { error: unknown; kind: FactorKind }) {
  const { t } = useTranslation("factors");
  const title = error instanceof Problem && error.status !== 401 ? error.title : t("wrong.title");
  const said = error instanceof Problem || error instanceof PasskeyFailure ? error.message : "";
  const text = error instanceof Problem && error.status === 401 ? t(`factors:wrong.${kind}`) : said;
  return (
    <Alert color="red" variant="light" role="alert" title={title}>
      {text || t("common:problem.unknown")}
    </Alert>
  );
}
