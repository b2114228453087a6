import { Anchor, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Page } from "@/ui/Page";

interface Props {
  title: string;
  tab: string;
  /** Steps back, the last one first left out: the overview always comes first. */
  trail?: { to: string; label: string }[];
  about?: string;
  actions?: ReactNode;
  children: ReactNode;
}

/** A page of the administration, with the way back to the overview. */
export function AdminPage({ title, tab, trail = [], about, actions, children }: Props) {
  const { t } = useTranslation("admin");
  const steps = [{ to: "/admin", label: t("title") }, ...trail];
  return (
    <Page
      title={title}
      tab={tab}
      actions={actions}
      lead={
        <>
          <nav aria-label={t("trail")}>
            {steps.map((step, i) => (
              <span key={step.to}>
                {i > 0 && (
                  <Text span c="dimmed" size="sm">
                    {" / "}
                  </Text>
                )}
                <Anchor component={Link} to={step.to} size="sm">
                  {step.label}
                </Anchor>
              </span>
            ))}
          </nav>
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
