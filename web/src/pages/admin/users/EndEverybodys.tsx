import { Button } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { request } from "@/api/client";
import { done } from "@/lib/undo";
import { confirmAct } from "@/ui/confirmAct";

/** Ends the sessions of everybody but this one: for when it is not known what was stolen. */
export function EndEverybodys() {
  const { t } = useTranslation("admin");
  const client = useQueryClient();
  const end = () =>
    confirmAct({
      title: t("session.endEverybodysTitle"),
      consequence: t("session.endEverybodysText"),
      button: t("session.endEverybodys"),
      run: async () => {
        await request("DELETE", "/sessions/all");
        await client.invalidateQueries({ queryKey: ["users"] });
        await client.invalidateQueries({ queryKey: ["sessions"] });
        done(t("session.everybodysEnded"));
      },
    });
  return (
    <Button variant="light" color="red" onClick={end}>
      {t("session.endEverybodys")}
    </Button>
  );
}
