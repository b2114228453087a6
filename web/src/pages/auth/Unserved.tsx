import { Button } from "@mantine/core";
import { IconRefresh } from "@tabler/icons-react";
import { useRouter } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { Problem } from "@/api/client";
import { Failed } from "@/ui/States";
import { Frame } from "./Frame";

/** Nothing is served to this user: the server cannot now, or not here. */
export function Unserved({ error }: { error: unknown }) {
  const { t } = useTranslation();
  const router = useRouter();
  const refused = error instanceof Problem && error.status === 403;
  const again = () => void router.invalidate();
  return (
    <Frame title={t(refused ? "noAccess.out" : "problem.title")} wide>
      <Failed error={error} retry={again} />
      {refused && (
        <Button variant="default" leftSection={<IconRefresh size={16} aria-hidden />} onClick={again}>
          {t("retry")}
        </Button>
      )}
    </Frame>
  );
}
