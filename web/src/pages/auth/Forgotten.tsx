import { Alert, Button, Text, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { Problem, request } from "@/api/client";
import { Frame } from "./Frame";

/** Whoever forgot a password asks for a link to another one. */
export default function Forgotten() {
  const { t } = useTranslation();
  const [login, setLogin] = useState("");
  const ask = useMutation({ mutationFn: () => request("POST", "/password-resets", { body: { login } }) });
  const problem = ask.error instanceof Problem ? ask.error : null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!ask.isPending && !ask.isSuccess) ask.mutate();
  };
  return (
    <Frame title={t("forgotten.title")} onSubmit={submit}>
      {problem && (
        <Alert color="red" variant="light" role="alert" title={problem.title}>
          {problem.message}
        </Alert>
      )}
      {ask.isSuccess ? (
        <Text size="sm" role="status">
          {t("forgotten.done")}
        </Text>
      ) : (
        <>
          <Text size="sm">{t("forgotten.about")}</Text>
          <TextInput
            label={t("signIn.login")}
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            required
            withAsterisk={false}
            autoFocus
            value={login}
            onChange={(e) => setLogin(e.currentTarget.value)}
          />
          <Button type="submit" loading={ask.isPending} fullWidth>
            {t("forgotten.button")}
          </Button>
        </>
      )}
    </Frame>
  );
}
