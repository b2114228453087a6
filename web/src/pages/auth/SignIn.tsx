import { Alert, Anchor, Button, Group, PasswordInput, Stack, TextInput, Title } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Problem, request } from "@/api/client";
import { currentLang, switchLanguage } from "@/i18n";
import classes from "./SignIn.module.css";

/** Only addresses of this interface are gone back to, as the browser itself would read them. */
function safe(to: unknown): string {
  if (typeof to !== "string" || !to.startsWith("/") || !URL.canParse(to, location.origin)) return "/";
  const url = new URL(to, location.origin);
  if (url.origin !== location.origin || url.pathname.startsWith("/sign-in")) return "/";
  // A path of two slashes would be another host once it stands alone.
  return url.pathname.startsWith("//") ? "/" : `${url.pathname}${url.search}${url.hash}`;
}

export default function SignIn() {
  const { t } = useTranslation();
  const go = useNavigate();
  const client = useQueryClient();
  const search = useSearch({ strict: false }) as { to?: string; ended?: string };
  const [login, setLogin] = useState("");
  const [password, setPassword] = useState("");
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const again = useRef<HTMLInputElement>(null);
  useEffect(() => {
    document.title = `${t("signIn.title")} · Klucznik`;
  }, [t]);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setProblem(null);
    try {
      await request("POST", "/sessions", { body: { login, password } });
      client.clear();
      await go({ href: safe(search.to), replace: true });
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      setProblem(error);
      setPassword("");
      // The button that was pressed is off while it waits, and has lost the focus.
      again.current?.focus();
    } finally {
      setBusy(false);
    }
  };
  const other = currentLang() === "pl" ? "en" : "pl";
  return (
    <main className={classes.page}>
      <form className={classes.card} onSubmit={submit} aria-labelledby="sign-in">
        <Stack>
          <Group gap="sm">
            <img src="/key.svg" alt="" width={36} height={36} />
            <Title order={1} id="sign-in">
              {t("signIn.title")}
            </Title>
          </Group>
          {search.ended && !problem && (
            <Alert color="gray" variant="light" role="status">
              {t("signIn.ended")}
            </Alert>
          )}
          {problem && (
            <Alert color="red" variant="light" role="alert" title={problem.title}>
              {problem.message}
            </Alert>
          )}
          <TextInput
            label={t("signIn.login")}
            autoComplete="username webauthn"
            autoCapitalize="none"
            spellCheck={false}
            value={login}
            onChange={(e) => setLogin(e.currentTarget.value)}
            required
            withAsterisk={false}
            autoFocus
          />
          <PasswordInput
            ref={again}
            label={t("signIn.password")}
            autoComplete="current-password"
            value={password}
            onChange={(e) => setPassword(e.currentTarget.value)}
            required
            withAsterisk={false}
          />
          <Button type="submit" loading={busy} fullWidth>
            {t("signIn.button")}
          </Button>
          <Anchor href="/forgotten" size="sm">
            {t("forgotten.title")}
          </Anchor>
          <Group justify="space-between">
            <span className={classes.note}>{t("signIn.note")}</span>
            <Anchor
              component="button"
              type="button"
              size="sm"
              lang={other}
              onClick={() => void switchLanguage(other)}
            >
              {other === "pl" ? "Polski" : "English"}
            </Anchor>
          </Group>
        </Stack>
      </form>
    </main>
  );
}
