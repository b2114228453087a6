import { Button } from "@mantine/core";
import { Link, useRouter } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { Page } from "./Page";
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
  return (
    <Page title={t("problem.title")} tab={t("problem.title")}>
      <Failed error={error} retry={() => void router.invalidate()} />
    </Page>
  );
}

/** The same for what is not there and what may not be seen. */
export function NotFound() {
  const { t } = useTranslation();
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
        {t("notFound.text")}
      </Empty>
    </Page>
  );
}
