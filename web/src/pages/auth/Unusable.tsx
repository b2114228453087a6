import { Alert, Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Problem } from "@/api/client";
import { waysQuery } from "@/api/queries";
import { Failed } from "@/ui/States";
import { Frame } from "./Frame";

/** Whether a link is good no more, or never was. */
export const isGone = (error: unknown) => error instanceof Problem && error.status === 404;

interface Props {
  error: Error;
  /** For what may pass. */
  retry: () => void;
}

/** A link that cannot be used, and what can be done then. */
export function Unusable({ error, retry }: Props) {
  const { t } = useTranslation();
  const ways = useQuery(waysQuery);
  if (!isGone(error))
    return (
      <Frame title={t("link.look")}>
        <Failed error={error} retry={retry} />
      </Frame>
    );
  return (
    <Frame title={t("link.unusable")}>
      <Alert color="red" variant="light" role="alert">
        {error.message}
      </Alert>
      {ways.data?.resets && (
        <Button component="a" href="/forgotten" variant="default" fullWidth>
          {t("forgotten.title")}
        </Button>
      )}
    </Frame>
  );
}
