import { Anchor, Group, Stack, Title } from "@mantine/core";
import { type FormEvent, type ReactNode, useEffect } from "react";
import { useTranslation } from "react-i18next";
import { currentLang, switchLanguage } from "@/i18n";
import classes from "./SignIn.module.css";

interface Props {
  title: string;
  onSubmit: (event: FormEvent) => void;
  children: ReactNode;
}

/** A page for whoever is not signed in. */
export function Frame({ title, onSubmit, children }: Props) {
  const { t } = useTranslation();
  useEffect(() => {
    document.title = `${title} · Klucznik`;
  }, [title]);
  const other = currentLang() === "pl" ? "en" : "pl";
  return (
    <main className={classes.page}>
      <form className={classes.card} onSubmit={onSubmit} aria-labelledby="title">
        <Stack>
          <Group gap="sm">
            <img src="/key.svg" alt="" width={36} height={36} />
            <Title order={1} id="title">
              {title}
            </Title>
          </Group>
          {children}
          <Group justify="space-between">
            <Anchor href="/sign-in" size="sm">
              {t("link.toSignIn")}
            </Anchor>
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
