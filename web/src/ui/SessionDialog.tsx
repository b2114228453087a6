import { Button, Group, Modal, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";

interface Props {
  /** Seconds. */
  left: number;
  /** It cannot be put off any more. */
  final: boolean;
  onGoOn: () => void;
  onSignOut: () => void;
}

/** Says that the session is about to end. */
export default function SessionDialog({ left, final, onGoOn, onSignOut }: Props) {
  const { t } = useTranslation();
  return (
    <Modal opened onClose={onGoOn} title={t("session.title")} closeButtonProps={{ "aria-label": t("close") }}>
      <Text size="sm" role="timer">
        {t(final ? "session.final" : "session.text", { count: left })}
      </Text>
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={onSignOut}>
          {t("profile.signOut")}
        </Button>
        <Button data-autofocus onClick={onGoOn}>
          {t(final ? "session.goOn" : "session.extend")}
        </Button>
      </Group>
    </Modal>
  );
}
