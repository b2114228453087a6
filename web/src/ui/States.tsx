// The four states beside the full one that every page has: loading, empty, failed, no access.
import { Alert, Button, Group, List, Stack, Text } from "@mantine/core";
import { IconAlertTriangle, IconClock, IconInbox, IconLock, IconRefresh } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { isDeclined, isOutsideHours, Problem } from "@/api/client";
import { meQuery } from "@/api/queries";
import type { Named } from "@/api/types";
import classes from "./States.module.css";

export function Loading({ rows = 6 }: { rows?: number }) {
  const { t } = useTranslation();
  return (
    <div className={classes.loading} data-loading role="status" aria-live="polite">
      <span className="visually-hidden">{t("loading")}</span>
      {Array.from({ length: rows }, (_, i) => (
        <div key={i} className={classes.bar} />
      ))}
    </div>
  );
}

interface EmptyProps {
  title: string;
  children?: ReactNode;
  action?: ReactNode;
  icon?: ReactNode;
}

export function Empty({ title, children, action, icon }: EmptyProps) {
  return (
    <div className={classes.empty}>
      {icon ?? <IconInbox size={32} stroke={1.5} aria-hidden />}
      <Text fw={600}>{title}</Text>
      {children && (
        <Text size="sm" c="dimmed" maw={480} ta="center" component="div">
          {children}
        </Text>
      )}
      {action}
    </div>
  );
}

interface NoAccessProps {
  /** The server's own refusal. */
  problem?: Problem;
  /** What is missing, where that is known from the user's rights without asking. */
  missing?: { action: "read" | "create" | "import"; what?: string };
}

/** Whom to ask for access; who is an administrator is not told to ask themselves. */
export function Ask({ people, inline }: { people: Named[]; inline?: boolean }) {
  const { t } = useTranslation();
  const me = useQuery({ ...meQuery, enabled: false }).data;
  const others = people.filter(({ id }) => id !== me?.user.id);
  if (people.length === 0) return null;
  const ask = others.length > 0 ? t("noAccess.ask") : t("noAccess.yours");
  if (inline) return <p>{[ask, others.map(({ name }) => name).join(", ")].join(" ")}</p>;
  if (others.length === 0) return <Text size="sm">{ask}</Text>;
  return (
    <>
      <Text size="sm">{ask}</Text>
      <List size="sm">
        {others.map((person) => (
          <List.Item key={person.id}>{person.name}</List.Item>
        ))}
      </List>
    </>
  );
}

/** What is missing and whom to ask, as the server says it. */
export function NoAccess({ problem, missing }: NoAccessProps) {
  const { t } = useTranslation();
  const rests = isOutsideHours(problem);
  const me = useQuery({ ...meQuery, enabled: false }).data;
  const ask = problem?.ask ?? me?.administrators ?? [];
  const text = missing
    ? t(`noAccess.${missing.action}`, { what: missing.what ?? t("noAccess.any") })
    : t("noAccess.text");
  return (
    <Alert
      icon={rests ? <IconClock aria-hidden /> : <IconLock aria-hidden />}
      color="gray"
      variant="light"
      title={rests ? problem.title : t("noAccess.title")}
    >
      <Stack gap="xs">
        <Text size="sm">{problem?.message ?? text}</Text>
        <Ask people={ask} />
      </Stack>
    </Alert>
  );
}

interface FailedProps {
  error: unknown;
  retry?: () => void;
  /** What the form calls the fields that the server names. */
  names?: Record<string, string>;
}

/** A failure with its reason and the next step. */
export function Failed({ error, retry, names }: FailedProps) {
  const { t } = useTranslation();
  if (isDeclined(error)) return null;
  if (error instanceof Problem && error.status === 403) return <NoAccess problem={error} />;
  const problem = error instanceof Problem ? error : undefined;
  return (
    <Alert
      icon={<IconAlertTriangle aria-hidden />}
      color="red"
      variant="light"
      title={problem?.title ?? t("problem.title")}
      role="alert"
    >
      <Stack gap="sm" align="flex-start">
        <Text size="sm">{problem?.message ?? t("problem.unknown")}</Text>
        {problem && problem.issues.length > 0 && (
          <List size="sm">
            {problem.issues.map((issue) => (
              <List.Item key={`${issue.field} ${issue.code}`}>
                {names?.[issue.field] ?? issue.field}: {issue.reason}
              </List.Item>
            ))}
          </List>
        )}
        {problem?.request && problem.status >= 500 && (
          <Text size="xs">{t("problem.request", { id: problem.request })}</Text>
        )}
        {retry && (
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconRefresh size={14} aria-hidden />}
            onClick={retry}
          >
            {t("retry")}
          </Button>
        )}
      </Stack>
    </Alert>
  );
}

interface QueryLike<T> {
  data: T | undefined;
  error: unknown;
  isPending: boolean;
  refetch: () => unknown;
}

/** Shows a query's state until it has data, then the children. */
export function Ready<T>({
  query,
  children,
  rows,
}: {
  query: QueryLike<T>;
  children: (data: T) => ReactNode;
  rows?: number;
}) {
  if (query.data !== undefined) return <>{children(query.data)}</>;
  if (query.isPending) return <Loading rows={rows} />;
  return <Failed error={query.error} retry={() => void query.refetch()} />;
}

/** A fact with icon, colour and text: never colour alone. */
export function Fact({ kind, children }: { kind: "ok" | "warn" | "danger" | "muted"; children: ReactNode }) {
  return (
    <Group gap={6} wrap="nowrap" className={classes[kind]} component="span">
      {children}
    </Group>
  );
}
