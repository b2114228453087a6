import { Alert, Button } from "@mantine/core";
import { IconCheck, IconKey } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Entity, Id } from "@/api/types";
import { Missing, NotFound } from "@/ui/RouteStates";
import { AskDialog } from "./AskDialog";

/** What is no id names nothing, and nothing can be asked for. */
const isId = (id: string) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id);

/** The same for a record that is not there and one that may not be seen, with the same way to ask for it. */
export function NotThere({ entity, id }: { entity: Entity; id: Id }) {
  const { t } = useTranslation("requests");
  const [open, setOpen] = useState(false);
  const [sent, setSent] = useState(false);
  if (!isId(id)) return <NotFound />;
  return (
    <Missing>
      {sent ? (
        <Alert
          role="status"
          color="green"
          variant="light"
          icon={<IconCheck aria-hidden />}
          title={t("ask.sent")}
        >
          {t("ask.sentText")}
        </Alert>
      ) : (
        <Button
          variant="default"
          leftSection={<IconKey size={16} aria-hidden />}
          onClick={() => setOpen(true)}
        >
          {t("ask.button")}
        </Button>
      )}
      {open && (
        <AskDialog entity={entity} id={id} onSent={() => setSent(true)} onClose={() => setOpen(false)} />
      )}
    </Missing>
  );
}
