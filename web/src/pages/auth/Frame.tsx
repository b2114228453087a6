import { Alert, Anchor, Button, Group, Stack, Title } from "@mantine/core";
import { IconCircleCheck } from "@tabler/icons-react";
import { type FormEvent, type ReactNode, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { Problem } from "@/api/client";
import { currentLang, switchLanguage } from "@/i18n";
import classes from "./Frame.module.css";

interface Props {
  title: string;
  /** Makes all of it one form. */
  onSubmit?: (event: FormEvent) => void;
  /** What stands beside the language at the end; the way to sign-in if not said. */
  foot?: ReactNode;
  wide?: boolean;
  children: ReactNode;
}

/** A page outside of all others: for whoever is not signed in, or can do but one thing. */
export function Frame({ title, onSubmit, foot, wide, children }: Props) {
  const { t } = useTranslation();
  useEffect(() => {
    document.title = `${title} · Klucznik`;
  }, [title]);
  const Card = onSubmit ? "form" : "section";
  return (
    <main className={classes.page}>
      <Card
        className={classes.card}
        data-wide={wide || undefined}
        onSubmit={onSubmit}
        aria-labelledby="title"
      >
        <Stack>
          <Group gap="sm" wrap="nowrap">
            <img src="/key.svg" alt="" width={36} height={36} />
            <Title order={1} id="title">
              {title}
            </Title>
          </Group>
          {children}
          <Group justify="space-between" align="flex-end" wrap="nowrap">
            {foot === undefined ? (
              <Anchor href="/sign-in" size="sm">
                {t("link.toSignIn")}
              </Anchor>
            ) : (
              <span className={classes.note}>{foot}</span>
            )}
            <Language />
          </Group>
        </Stack>
      </Card>
    </main>
  );
}

function Language() {
  const other = currentLang() === "pl" ? "en" : "pl";
  return (
    <Anchor
      component="button"
      type="button"
      size="sm"
      lang={other}
      onClick={() => void switchLanguage(other)}
    >
      {other === "pl" ? "Polski" : "English"}
    </Anchor>
  );
}

/** Why somebody is not let in. */
export function Refusal({ error }: { error: Error }) {
  const { t } = useTranslation();
  const known = error instanceof Problem && error.status !== 401;
  return (
    <Alert color="red" variant="light" role="alert" title={known ? error.title : t("signIn.refused")}>
      {error.message}
    </Alert>
  );
}

interface DoneProps {
  /** What it came to. */
  children: ReactNode;
  icon?: ReactNode;
  color?: string;
  /** Where to go from here, and what that is called. */
  to: string;
  next: string;
}

/** That it is done, and the way on. */
export function Done({
  children,
  icon = <IconCircleCheck aria-hidden />,
  color = "green",
  to,
  next,
}: DoneProps) {
  const said = useRef<HTMLDivElement>(null);
  // What had the focus is gone.
  useEffect(() => said.current?.focus(), []);
  return (
    <>
      <Alert
        ref={said}
        tabIndex={-1}
        className={classes.said}
        color={color}
        variant="light"
        icon={icon}
        role="status"
      >
        {children}
      </Alert>
      <Button component="a" href={to} fullWidth>
        {next}
      </Button>
    </>
  );
}
