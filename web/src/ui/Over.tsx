import "@mantine/notifications/styles.layer.css";
import { ModalsProvider } from "@mantine/modals";
import { Notifications } from "@mantine/notifications";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { canAsk } from "@/lib/ask";
import { useMessageRoom } from "./messageRoom";

/** Messages and questions, which any part of the program may have. */
export default function Over() {
  const { t } = useTranslation();
  useEffect(canAsk, []);
  useMessageRoom();
  return (
    <>
      <Notifications position="bottom-right" limit={4} />
      <ModalsProvider
        labels={{ confirm: t("confirm"), cancel: t("cancel") }}
        modalProps={{ lockScroll: false }}
      >
        {null}
      </ModalsProvider>
    </>
  );
}
