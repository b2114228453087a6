import { Alert, Button, Text, TextInput } from "@mantine/core";
import { IconMail } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { problemOf, request } from "@/api/client";
import { Done, Frame } from "./Frame";

/** Whoever forgot a password asks for a link to another one. */
export default function Forgotten() {
  const { t } = useTranslation();
  const [login, setLogin] = useState("");
  const ask = useMutation({ mutationFn: () => request("POST", "/password-resets", { body: { login } }) });
  const problem = problemOf(ask.error);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!ask.isPending && !ask.isSuccess) ask.mutate();
  };
  if (ask.isSuccess)
    return (
      <Frame title={t("forgotten.title")} foot={null}>
        <Done icon={<IconMail aria-hidden />} color="blue" to="/sign-in" next={t("link.toSignIn")}>
          {t("forgotten.done")}
        </Done>
      </Frame>
    );
  return (
    <Frame title={t("forgotten.title")} onSubmit={submit}>
      {problem && (
        <Alert color="red" variant="light" role="alert" title={problem.title}>
          {problem.message}
        </Alert>
      )}
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
    </Frame>
  );
}
