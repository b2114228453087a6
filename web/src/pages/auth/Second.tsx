import { Button, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { type Problem, request } from "@/api/client";
import type { FactorAwaited, Proof } from "@/api/types";
import { FactorForm } from "@/ui/FactorForm";

interface Props {
  awaited: FactorAwaited;
  /** What led here. */
  text: string;
  /** Once signed in. */
  onDone: () => Promise<void>;
  /** Begins anew, as it was refused if it was. */
  onBack: (problem?: Problem) => void;
}

/** The factor after the password, or after a provider of single sign-on. */
export function Second({ awaited, text, onDone, onBack }: Props) {
  const { t } = useTranslation("factors");
  const show = async (proof: Proof) => {
    await request("POST", "/sessions/factor", { body: proof });
    await onDone();
  };
  return (
    <>
      <Text size="sm">{text}</Text>
      <FactorForm awaited={awaited} button={t("signIn.button")} show={show} onOver={onBack}>
        <Button variant="default" onClick={() => onBack()}>
          {t("back")}
        </Button>
      </FactorForm>
    </>
  );
}
