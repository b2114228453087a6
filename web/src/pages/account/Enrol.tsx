import { Alert, Button, Group, Text } from "@mantine/core";
import { IconDeviceMobile, IconKey } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useMe } from "@/lib/entities";
import { hasPasskeys } from "@/lib/passkeys";
import { safe } from "@/lib/safe";
import { askInPlace, useAsked } from "@/lib/stepUp";
import { Frame } from "@/pages/auth/Frame";
import { useSignOut } from "@/ui/ProfileMenu";
import StepUp from "@/ui/StepUp";
import { ApplicationForm } from "./AddApplication";
import { PasskeyForm } from "./AddPasskey";
import { CodesForm } from "./RecoveryCodes";

type Step = "choose" | "passkey" | "totp" | "codes";

/** For whom the time to add a required factor is over: why, and the way to add it. Nothing else is served. */
export default function Enrol() {
  const { t } = useTranslation("account");
  const client = useQueryClient();
  const go = useNavigate();
  const asked = useAsked();
  const { to } = useSearch({ strict: false }) as { to?: string };
  const [step, setStep] = useState<Step>("choose");
  // A factor of another kind is no way out of here.
  const strict = useMe().factors.need === "passkey";
  useEffect(askInPlace, []);
  const enter = () => {
    client.clear();
    void go({ href: safe(to), replace: true });
  };
  const added = () => setStep("codes");
  const back = () => setStep("choose");
  return (
    <>
      <Frame title={t("enrol.title")} wide foot={null}>
        {step === "choose" && <Choose strict={strict} onChoose={setStep} />}
        {step === "passkey" && <PasskeyForm onAdded={added} onCancel={back} />}
        {step === "totp" && <ApplicationForm onAdded={added} onCancel={back} />}
        {step === "codes" && (
          <>
            <Alert color="green" variant="light" role="status">
              {t("enrol.codes")}
            </Alert>
            <CodesForm cancel={t("enrol.later")} onCancel={enter} onDone={enter} />
          </>
        )}
        {step !== "codes" && <SignOut />}
      </Frame>
      {asked && <StepUp asked={asked} />}
    </>
  );
}

function Choose({ strict, onChoose }: { strict: boolean; onChoose: (step: Step) => void }) {
  const { t } = useTranslation("account");
  return (
    <>
      <Text size="sm">{t(strict ? "enrol.passkey" : "enrol.any")}</Text>
      {hasPasskeys() ? (
        <Button leftSection={<IconKey size={16} aria-hidden />} onClick={() => onChoose("passkey")}>
          {t("security.addPasskey")}
        </Button>
      ) : (
        strict && <Alert color="orange">{t("enrol.noPasskeys")}</Alert>
      )}
      {!strict && (
        <Button
          variant={hasPasskeys() ? "default" : "filled"}
          leftSection={<IconDeviceMobile size={16} aria-hidden />}
          onClick={() => onChoose("totp")}
        >
          {t("security.addTotp")}
        </Button>
      )}
    </>
  );
}

function SignOut() {
  const { t } = useTranslation("account");
  const signOut = useSignOut();
  return (
    <Group justify="center">
      <Button variant="subtle" size="compact-sm" onClick={() => void signOut()}>
        {t("common:profile.signOut")}
      </Button>
    </Group>
  );
}
