import { Alert } from "@mantine/core";
import { IconCircleCheck } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { isAwaited, sayConfirmed } from "@/lib/atProvider";
import { Loading } from "@/ui/States";
import { Frame } from "./Frame";

/** The end of a window that was opened to confirm at a provider: it says so to the page that waits, and closes. */
export default function Confirmed() {
  const { t } = useTranslation("factors");
  const go = useNavigate();
  const [awaited, setAwaited] = useState(false);
  useEffect(() => {
    void isAwaited().then((awaited) => {
      if (!awaited) return go({ to: "/", replace: true });
      setAwaited(true);
      sayConfirmed();
      // Where the browser does not let it, the person closes it.
      window.close();
    });
  }, [go]);
  return (
    <Frame title={t("confirmed.title")} foot={null}>
      {awaited ? (
        <Alert color="green" variant="light" role="status" icon={<IconCircleCheck aria-hidden />}>
          {t("confirmed.text")}
        </Alert>
      ) : (
        <Loading rows={2} />
      )}
    </Frame>
  );
}
