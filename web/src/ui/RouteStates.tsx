import { Button, Group, Text } from "@mantine/core";
import { IconLogout, IconRefresh } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link, useRouter } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { isOutsideHours, type Problem } from "@/api/client";
import { meQuery } from "@/api/queries";
import { isWaiting } from "@/lib/waiting";
import { Page } from "./Page";
import { useSignOut } from "./ProfileMenu";
import { Empty, Failed, Loading } from "./States";

export function PagePending() {
  return (
    <div style={{ padding: 24 }}>
      <Loading />
    </div>
  );
}

/** A page that could not be shown; the rest of the interface goes on. */
export function PageFailed({ error }: { error: unknown }) {
  const { t } = useTranslation();
  const router = useRouter();
  const retry = () => void router.invalidate();
  if (isOutsideHours(error)) return <Rest problem={error} retry={retry} />;
  return (
    <Page title={t("problem.title")} tab={t("problem.title")}>
      <Failed error={error} retry={retry} />
    </Page>
  );
}

/** Outside working hours nothing else is there: when they begin again, a way to look, and the way out. */
function Rest({ problem, retry }: { problem: Problem; retry: () => void }) {
  return (
    <Page title={problem.title} tab={problem.title}>
      <Failed error={problem} />
      <AgainOrOut retry={retry} />
    </Page>
  );
}

/** What somebody refused everything can do: look again, or sign out. */
export function AgainOrOut({ retry }: { retry: () => void }) {
  const { t } = useTranslation();
  const signOut = useSignOut();
  return (
    <Group mt="md">
      {isWaiting() && (
        <Text size="sm" w="100%">
          {t("hours.waits")}
        </Text>
      )}
      <Button variant="default" leftSection={<IconRefresh size={16} aria-hidden />} onClick={retry}>
        {t("retry")}
      </Button>
      <Button
        variant="default"
        leftSection={<IconLogout size={16} aria-hidden />}
        onClick={() => void signOut()}
      >
        {t("profile.signOut")}
      </Button>
    </Group>
  );
}

/** The same for what is not there and what may not be seen. */
export const NotFound = () => <Missing />;

/** That, with what can be done about it. */
export function Missing({ children }: { children?: ReactNode }) {
  const { t } = useTranslation();
  const me = useQuery({ ...meQuery, enabled: false }).data;
  return (
    <Page title={t("notFound.title")} tab={t("notFound.title")}>
      <Empty
        title={t("notFound.what")}
        action={
          <Button component={Link} to="/" variant="default">
            {t("notFound.home")}
          </Button>
        }
      >
        {me?.partner ? t("partner:notFound") : t("notFound.text")}
      </Empty>
      {children && <Group justify="center">{children}</Group>}
    </Page>
  );
}
