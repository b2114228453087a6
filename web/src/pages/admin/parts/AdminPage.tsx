import { Anchor, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Page } from "@/ui/Page";

interface Step {
  to: string;
  search?: Record<string, string>;
  label: string;
}

/** The way back to where one came from. */
export function Trail({ steps }: { steps: Step[] }) {
  const { t } = useTranslation("admin");
  return (
    <nav aria-label={t("trail")}>
      {steps.map((step, i) => (
        <span key={step.label}>
          {i > 0 && (
            <Text span c="dimmed" size="sm">
              {" / "}
            </Text>
          )}
          <Anchor component={Link} to={step.to} search={step.search as never} size="sm">
            {step.label}
          </Anchor>
        </span>
      ))}
    </nav>
  );
}

interface Props {
  title: string;
  tab: string;
  /** Steps back; the overview always comes first. */
  trail?: Step[];
  about?: string;
  actions?: ReactNode;
  children: ReactNode;
}

/** A page of the administration, with the way back to the overview. */
export function AdminPage({ title, tab, trail = [], about, actions, children }: Props) {
  const { t } = useTranslation("admin");
  return (
    <Page
      title={title}
      tab={tab}
      actions={actions}
      lead={
        <>
          <Trail steps={[{ to: "/admin", label: t("title") }, ...trail]} />
          {about && (
            <Text size="sm" c="dimmed" maw={720}>
              {about}
            </Text>
          )}
        </>
      }
    >
      {children}
    </Page>
  );
}
