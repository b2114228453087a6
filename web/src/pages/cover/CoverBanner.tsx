import { Alert, Anchor } from "@mantine/core";
import { IconUserShare } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useMe } from "@/lib/entities";
import { dateOf } from "@/lib/format";
import { coversQuery } from "./queries";

/** Whom the user covers for now, and who covers for the user. */
export function CoverBanner() {
  const { t } = useTranslation("cover");
  const me = useMe().user.id;
  const now = (useQuery(coversQuery()).data ?? []).filter((cover) => cover.state === "in_force");
  const at = (until: string | null) => (until ? dateOf(until) : "");
  const lines = now.flatMap((cover) => [
    ...(cover.to.id === me ? [t("banner.covering", { name: cover.of.name, at: at(cover.until) })] : []),
    ...(cover.of.id === me ? [t("banner.covered", { name: cover.to.name, at: at(cover.until) })] : []),
  ]);
  if (lines.length === 0) return null;
  return (
    <Alert icon={<IconUserShare aria-hidden />} color="blue" variant="light" title={t("title")}>
      {lines.map((line) => (
        <p key={line} style={{ margin: 0 }}>
          {line}
        </p>
      ))}
      <Anchor component={Link} to="/account" search={{ tab: "cover" } as never} size="sm">
        {t("banner.open")}
      </Anchor>
    </Alert>
  );
}
